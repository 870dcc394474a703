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
    public Cassette Read(ReadOnlySpan<byte> document, CassetteSource source, CassetteOrigin origin)
    {
        if (JsonPlace.OfInvalidUtf8(document) is not { } invalid)
        {
            return new Cassette(source, origin, Info.Name, []);
        }

        var where = origin.Path ?? origin.SourcePath ?? origin.Name;
        throw new CassetteException(
            CassetteError.CassetteFormatUnknown,
            where,
            $"not UTF-8 text at {invalid}",
            invalid.Offset
        );
    }

    /// <inheritdoc/>
    public byte[] Write(Cassette cassette, CancellationToken cancellation) => cassette.Read(cancellation).ToArray();
}
