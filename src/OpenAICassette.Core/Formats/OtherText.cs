using OpenAICassette.Json;

namespace OpenAICassette.Formats;

/// <summary>
/// A file that is no cassette but may hold recorded traffic all the same: HTTP archives, YAML cassettes, logs, settings. It has no
/// interactions; what is wanted is its text.
/// </summary>
internal static class OtherText
{
    /// <summary>The name in <see cref="Cassette.Format"/>.</summary>
    public const string Format = "Other";

    private static readonly HashSet<string> s_extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".json", ".jsonl", ".ndjson", ".har", ".yaml", ".yml", ".log", ".txt", ".env", ".http", ".sse",
    };

    /// <summary>The error of a command that needs a recording, and was given other text.</summary>
    /// <param name="cassette">The text.</param>
    /// <param name="consequence">What cannot be done, and what can.</param>
    public static CassetteException NotACassette(Cassette cassette, string consequence)
        => new(CassetteError.CassetteFormatUnknown, cassette.Path ?? cassette.SourcePath ?? cassette.Name, $"this text is not a cassette: {consequence}");

    /// <summary>True for a file that a folder's search takes as text: one with an extension that recorded traffic has.</summary>
    public static bool IsWanted(string path) => s_extensions.Contains(Path.GetExtension(path));

    /// <summary>Takes a file as a cassette without interactions.</summary>
    /// <exception cref="CassetteException">The bytes are not UTF-8 text.</exception>
    public static Cassette Read(ReadOnlySpan<byte> document, ByteSource source, CassetteOrigin origin)
        => JsonPlace.OfInvalidUtf8(document) is not { } invalid ? new Cassette(source, origin, Format, [])
            : throw new CassetteException(CassetteError.CassetteFormatUnknown, origin.Path ?? origin.SourcePath ?? origin.Name, $"not UTF-8 text at {invalid}", invalid.Offset);
}
