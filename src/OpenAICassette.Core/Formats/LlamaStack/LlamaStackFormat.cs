using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>The recordings of Llama Stack, now OGX: one JSON object with a request and a response.</summary>
internal sealed class LlamaStackFormat : ICassetteFormat
{
    /// <inheritdoc/>
    public string Name => "LlamaStack";

    /// <inheritdoc/>
    public FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        try
        {
            var reader = new Utf8JsonReader(WithoutMark(head), isFinalBlock: false, new JsonReaderState(JsonTree.Options));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return FormatMatch.No;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("request"u8) || reader.ValueTextEquals("response"u8) || reader.ValueTextEquals("test_id"u8))
                {
                    return FormatMatch.Likely;
                }

                if (!reader.Read() || !reader.TrySkip())
                {
                    return FormatMatch.Possible;
                }
            }

            return reader.TokenType == JsonTokenType.EndObject ? FormatMatch.No : FormatMatch.Possible;
        }
        catch (JsonException)
        {
            return FormatMatch.No;
        }
    }

    /// <inheritdoc/>
    public Cassette Read(ReadOnlySpan<byte> document, ByteSource source, CassetteOrigin origin)
    {
        var where = origin.Path ?? origin.SourcePath ?? origin.Name;
        if (document.IsEmpty)
        {
            throw new CassetteException(CassetteError.CassetteInvalidJson, where, "the file is empty; expected a JSON object", 0);
        }

        if (JsonPlace.OfInvalidUtf8(document) is { } invalid)
        {
            throw new CassetteException(CassetteError.CassetteInvalidJson, where, $"not UTF-8 text at {invalid}", invalid.Offset);
        }

        var skipped = document.Length - WithoutMark(document).Length;
        try
        {
            var index = new RecordingIndexer(document, skipped).Read();
            return new Cassette(source, origin, Name, [index.Summarize()]);
        }
        catch (JsonException e) when (e is RecordingShapeException shape)
        {
            var place = JsonPlace.Of(document, shape.Offset);
            throw new CassetteException(
                CassetteError.CassetteFormatUnknown, where, $"not a recording at {place}: {shape.Message}", shape.Offset, e);
        }
        catch (JsonException e)
        {
            var place = JsonPlace.Of(document[skipped..], e);
            place = JsonPlace.Of(document, place.Offset + skipped);
            throw new CassetteException(
                CassetteError.CassetteInvalidJson, where, $"not JSON at {place}: {JsonPlace.Problem(e)}", place.Offset, e);
        }
    }

    /// <inheritdoc/>
    public byte[] Write(Cassette cassette, CancellationToken cancellation)
    {
        var document = cassette.Read(cancellation);
        var skipped = document.Length - WithoutMark(document.Span).Length;
        return RecordingWriter.Write(JsonTree.Parse(document, skipped, document.Length - skipped).Root);
    }

    /// <summary>The text without the byte order mark that some editors put before it.</summary>
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> document)
        => document.StartsWith("\uFEFF"u8) ? document[3..] : document;
}
