using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>The recordings of Llama Stack, now OGX: one JSON object with a request and a response.</summary>
internal sealed class LlamaStackFormat : ICassetteFormat
{
    /// <inheritdoc/>
    public FormatInfo Info { get; } = new("LlamaStack") { Extensions = [".json"] };

    /// <inheritdoc/>
    public FormatMatch Probe(ReadOnlySpan<byte> head) => RecordingProbe.Match(head);

    /// <inheritdoc/>
    public Cassette Read(ReadOnlySpan<byte> document, CassetteSource source, CassetteOrigin origin)
    {
        var where = origin.Path ?? origin.SourcePath ?? origin.Name;
        if (document.IsEmpty)
        {
            throw new CassetteException(
                CassetteError.CassetteInvalidJson,
                where,
                "the file is empty; expected a JSON object",
                0
            );
        }

        if (JsonPlace.OfInvalidUtf8(document) is { } invalid)
        {
            throw new CassetteException(
                CassetteError.CassetteInvalidJson,
                where,
                $"not UTF-8 text at {invalid}",
                invalid.Offset
            );
        }

        var skipped = JsonText.MarkLength(document);
        try
        {
            var index = new RecordingIndexer(document, skipped).Read();
            return new Cassette(source, origin, Info.Name, [index.Summarize()]);
        }
        catch (RecordingShapeException e)
        {
            throw new CassetteException(
                CassetteError.CassetteFormatUnknown,
                where,
                $"not a recording at {JsonPlace.Of(document, e.Offset)}: {e.Message}",
                e.Offset,
                e
            );
        }
        catch (JsonTextException e)
        {
            var offset = e.Offset + skipped;
            throw new CassetteException(
                CassetteError.CassetteInvalidJson,
                where,
                $"not JSON at {JsonPlace.Of(document, offset)}: {e.Message}",
                offset,
                e
            );
        }
    }

    /// <inheritdoc/>
    public byte[] Write(Cassette cassette, CancellationToken cancellation)
    {
        return RecordingWriter.Write(JsonTree.ParseFile(cassette.Read(cancellation)).Root);
    }
}
