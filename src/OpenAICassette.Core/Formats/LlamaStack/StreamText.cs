using OpenAICassette.Apis;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Reads the frames of a stream that is recorded as one text, byte for byte.</summary>
internal static class StreamText
{
    private const string LinesType = "application/x-ndjson";
    private const string EventsType = "text/event-stream";

    /// <summary>The path of the one operation that streams the elements of an array.</summary>
    private const string ArrayPath = ":streamGenerateContent";

    /// <summary>Returns the frames. An event that was cut off in the middle of its JSON is not one.</summary>
    public static IReadOnlyList<Frame> Read(Body body)
    {
        var text = body.Bytes.Span.TrimStart(" \t\r\n"u8);
        var isLines = text.StartsWith("{"u8);
        var exchange = new ExchangeDraft
        {
            Method = "POST",
            Url = text.StartsWith("["u8) ? ArrayPath : string.Empty,
            Status = 200,
            ResponseHeaders = new HeaderList([new("content-type", isLines ? LinesType : EventsType)]),
            ResponseBody = body,
        };
        var frames = StreamFraming.Read(exchange) ?? [];
        return frames.Count > 0 && IsCutOff(frames[^1], body.Bytes.Span) ? [.. frames.SkipLast(1)] : frames;
    }

    private static bool IsCutOff(Frame last, ReadOnlySpan<byte> body) =>
        last.End == body.Length
        && last.Data.Span.StartsWith("{"u8)
        && !last.Json.Exists
        && !body.EndsWith("\n\n"u8)
        && !body.EndsWith("\r\n\r\n"u8);
}
