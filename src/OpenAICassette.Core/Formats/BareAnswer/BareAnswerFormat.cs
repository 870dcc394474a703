using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using OpenAICassette.Apis;
using OpenAICassette.Formats.AgentLogs;
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
        MayHoldData(head) && CallOf(Read(head.ToArray())) is not null ? FormatMatch.Possible : FormatMatch.No;

    /// <summary>Returns whether a file has several lines of JSON, of which the first is a part of an answer.</summary>
    /// <param name="head">The first bytes of the file, or all of them.</param>
    public static FormatMatch ProbeLines(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        if (end <= 0 || !DocumentFormat.IsJson(head) || !DocumentFormat.IsJson(head[end..]))
        {
            return FormatMatch.No;
        }

        // The line of an event may be damaged.
        var first = LogLines.Peek(head, 1);
        return first is [var line] && ApiFamilies.CallOf(line) is not null ? FormatMatch.Possible : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where)
    {
        JsonDocuments.RequireText(document.Span, where);
        var answer = Read(document);
        return CallOf(answer) is { } call
            ? [call.Method == ExchangeDraft.WebSocketMethod ? SessionOf(answer, call) : ExchangeOf(answer, call)]
            : throw JsonFields.WrongShape(
                where,
                UnknownAnswer.NameOf(document.Span) ?? "not the answer of an API that is known here"
            );
    }

    /// <summary>Returns quickly whether a file may be an answer; most other texts are not.</summary>
    private static bool MayHoldData(ReadOnlySpan<byte> head) =>
        DocumentFormat.IsJson(head[JsonText.MarkLength(head)..]) || head.IndexOf("data:"u8) >= 0;

    private static ExchangeDraft ExchangeOf(ExchangeDraft answer, AnsweredCall call)
    {
        // The payloads of an array did not come like this, so neither status nor media type is that of the service.
        var body = answer.ResponseBody;
        var isChunkList = IsChunkList(body.Json);
        return new()
        {
            Method = call.Method,
            Url = call.Url,
            Path = call.Path,

            // An error in a stream comes after the status.
            Status =
                isChunkList ? 0
                : body.Json.Exists ? call.Status
                : 200,
            ResponseHeaders = isChunkList ? HeaderList.Empty : answer.ResponseHeaders,
            ResponseBody = isChunkList ? Body.FromJson(body.Json) : body,
            Frames = isChunkList ? FramesOf(answer) : [],
        };
    }

    /// <summary>Returns the session whose messages from the service are the lines of a file.</summary>
    private static ExchangeDraft SessionOf(ExchangeDraft answer, AnsweredCall call) =>
        new()
        {
            Method = call.Method,
            Url = call.Url,
            Path = call.Path,
            Frames =
            [
                .. FramesOf(answer)
                    .Select(frame =>
                        Frame.FromMessage(
                            FrameKind.TextMessage,
                            FrameDirection.Received,
                            frame.Json.Exists ? frame.Json.Utf8 : frame.Data
                        )
                    ),
            ],
        };

    private static IReadOnlyList<Frame> FramesOf(ExchangeDraft answer)
    {
        var whole = answer.ResponseBody.Json;
        return StreamFraming.Read(answer)
            ?? (
                IsChunkList(whole) ? [.. whole.Elements.Select(chunk => Frame.FromJson(FrameKind.Object, chunk))]
                : whole.Exists ? [Frame.FromJson(FrameKind.Object, whole)]
                : []
            );
    }

    /// <summary>Returns whether a value is a stream that a test keeps as an array of its payloads.</summary>
    private static bool IsChunkList(JsonValue value) =>
        value.Kind == JsonValueKind.Array
        && ApiFamilies.Of(value[0], out var shape) is not null
        && shape == ResponseShape.Chunk;

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

    /// <summary>Returns the call that an answer is from; null if no known operation answers so.</summary>
    internal static AnsweredCall? CallOf(ExchangeDraft answer)
    {
        var first = FramesOf(answer).Select(frame => frame.Json).FirstOrDefault(json => json.Exists);
        return first.Exists ? ApiFamilies.CallOf(first) : null;
    }
}
