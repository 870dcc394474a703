using OpenAICassette.Formats;

namespace OpenAICassette.Replay;

/// <summary>What a client says in headers about the recording that it wants.</summary>
internal static class RequestHeaders
{
    /// <summary>The header that names the only cassette that may answer.</summary>
    public const string Cassette = WireFormat.CassetteHeader;

    /// <summary>The header that asks for a fault, for example 429 or Disconnect@5.</summary>
    public const string Fault = "x-cassette-fault";

    /// <summary>
    /// The name of the only cassette that may answer, which is escaped as in the answers' own header; null for any.
    /// </summary>
    /// <param name="header">Gives a header's value by its name, or null.</param>
    public static string? CassetteName(Func<string, string?> header) =>
        header(Cassette) is { Length: > 0 } name ? Uri.UnescapeDataString(name) : null;

    /// <summary>The id of the test that asks; null where the client does not say.</summary>
    /// <param name="header">Gives a header's value by its name, or null.</param>
    public static string? TestId(Func<string, string?> header) =>
        CassetteFormats
            .Recording.TestHeaders.Select(header)
            .OfType<string>()
            .Select(CassetteFormats.Recording.TestIdIn)
            .FirstOrDefault(id => id is not null);
}
