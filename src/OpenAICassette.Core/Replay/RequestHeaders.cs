namespace OpenAICassette.Replay;

/// <summary>Reads the headers in which a client chooses its recording.</summary>
internal static class RequestHeaders
{
    /// <summary>The header that names the only cassette that may answer.</summary>
    public const string Cassette = WireFormat.CassetteHeader;

    /// <summary>The header that requests a fault, for example 429 or Disconnect@5.</summary>
    public const string Fault = "x-cassette-fault";

    /// <summary>The header that names the session whose sequences are played.</summary>
    public const string Session = "x-cassette-session";

    /// <summary>Returns the name of the only cassette that may answer, unescaped; null for any.</summary>
    /// <param name="header">Returns the value of a header; null if it is missing.</param>
    public static string? CassetteName(Func<string, string?> header) =>
        header(Cassette) is { Length: > 0 } name ? Uri.UnescapeDataString(name) : null;

    /// <summary>Returns the id of the client's test; null if the client does not name it.</summary>
    /// <param name="header">Returns the value of a header; null if it is missing.</param>
    public static string? TestId(Func<string, string?> header)
    {
        foreach (var name in CassetteFormats.Recording.TestHeaders)
        {
            if (header(name) is { } value && CassetteFormats.Recording.TestIdIn(value) is { } id)
            {
                return id;
            }
        }

        return null;
    }
}
