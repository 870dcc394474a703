using OpenAICassette.Text;

namespace OpenAICassette.Formats.PlainText;

/// <summary>
/// Text that is not a cassette but may hold recorded traffic: HTTP archives, YAML cassettes, logs, settings. It has no
/// interactions; commands that work on text, such as removing secrets, take it as it is.
/// </summary>
internal sealed class PlainTextFormat : ICassetteFormat
{
    /// <inheritdoc/>
    public FormatInfo Info { get; } =
        new("PlainText")
        {
            Extensions =
            [
                ".json",
                ".jsonl",
                ".ndjson",
                ".har",
                ".yaml",
                ".yml",
                ".toml",
                ".log",
                ".txt",
                ".env",
                ".http",
                ".sse",
            ],
        };

    /// <summary>
    /// Returns <see cref="FormatMatch.No"/>: text is read as such only by commands that ask for any text.
    /// </summary>
    public FormatMatch Probe(ReadOnlySpan<byte> head) => FormatMatch.No;

    /// <inheritdoc/>
    public CassetteIndex Index(CassetteSource source, CancellationToken cancellation)
    {
        if (JsonPlace.OfInvalidUtf8(source.Read(cancellation).Span) is not { } invalid)
        {
            return new CassetteIndex([]);
        }

        throw new CassetteException(
            CassetteError.CassetteFormatUnknown,
            source.Name,
            $"not UTF-8 text at {invalid}",
            invalid.Offset
        );
    }
}
