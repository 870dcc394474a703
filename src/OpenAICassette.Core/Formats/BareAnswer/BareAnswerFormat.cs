using System.Buffers;
using System.Text.Unicode;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.BareAnswer;

/// <summary>
/// Represents the body of one response and nothing else, as test suites keep it: server-sent events, JSON lines, or
/// JSON. What it holds names the operation that it answers.
/// </summary>
internal sealed class BareAnswerFormat : ExchangeFormat, ICassetteFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("bare-answer")
        {
            Extensions = [".sse", ".json", ".txt", ".jsonl"],
            Features = FormatFeatures.ExactBodies | FormatFeatures.BinaryBodies,
            CanWrite = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        PathOf(Read(head.ToArray())) is null ? FormatMatch.No : FormatMatch.Possible;

    /// <summary>Returns whether a file has several lines of JSON, of which the first is a part of an answer.</summary>
    /// <param name="head">The first bytes of the file, or all of them.</param>
    public static FormatMatch ProbeLines(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        if (end <= 0 || !DocumentFormat.IsJson(head) || !DocumentFormat.IsJson(head[end..]))
        {
            return FormatMatch.No;
        }

        var first = JsonValue.ParseOrUndefined(head[..end].ToArray());
        return first.Exists && ApiFamilies.PathOf(first) is not null ? FormatMatch.Possible : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where)
    {
        JsonDocuments.RequireText(document.Span, where);
        var answer = Read(document);
        return PathOf(answer) is { } path
            ?
            [
                new()
                {
                    Method = "POST",
                    Url = string.Empty,
                    Path = path,
                    Status = 200,
                    ResponseHeaders = answer.ResponseHeaders,
                    ResponseBody = answer.ResponseBody,
                },
            ]
            : throw JsonFields.WrongShape(where, "not the answer of an API that is known here");
    }

    /// <summary>Writes the body of the one response, for example the text of a stream of events.</summary>
    public void Write(
        IReadOnlyList<ExchangeDraft> exchanges,
        IBufferWriter<byte> output,
        CancellationToken cancellation
    ) => output.Write(exchanges[0].ResponseBody.Bytes.Span);

    /// <summary>Returns the extension of the file with the body of a response.</summary>
    public static string ExtensionOf(ExchangeDraft exchange) =>
        exchange.IsEventStream ? ".sse"
        : exchange.IsLineStream ? ".jsonl"
        : exchange.ResponseBody.Json.Exists ? ".json"
        : Utf8.IsValid(exchange.ResponseBody.Bytes.Span) ? ".txt"
        : ".bin";

    private static ExchangeDraft Read(ReadOnlyMemory<byte> file)
    {
        var document = file[JsonText.MarkLength(file.Span)..];
        var type = "text/event-stream";
        if (DocumentFormat.IsJson(document.Span))
        {
            var isOne = JsonValue.ParseOrUndefined(document).Exists;
            type = isOne ? "application/json" : "application/x-ndjson";
        }
        else
        {
            document = SeparateLines.Of(document);
        }

        return new()
        {
            Method = "POST",
            Url = string.Empty,
            Status = 200,
            ResponseHeaders = new([new HeaderField("Content-Type", type)]),
            ResponseBody = Body.FromBytes(document, type),
        };
    }

    /// <summary>Returns the path of the operation that gives an answer; null if no known operation does.</summary>
    internal static string? PathOf(ExchangeDraft answer)
    {
        var frames = StreamFraming.Read(answer);
        var first = frames?.Select(frame => frame.Json).FirstOrDefault(json => json.Exists) ?? answer.ResponseBody.Json;
        return first.Exists ? ApiFamilies.PathOf(first) : null;
    }
}
