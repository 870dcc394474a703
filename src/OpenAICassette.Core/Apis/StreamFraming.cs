using System.Text.Json;
using OpenAICassette.Apis.Bedrock;
using OpenAICassette.Text;

namespace OpenAICassette.Apis;

/// <summary>Finds the frames in a response's body. The body decides, because recorders lose or change media types.</summary>
internal static class StreamFraming
{
    /// <summary>Returns the frames of a response; null for a response that is not a stream.</summary>
    public static IReadOnlyList<Frame>? Read(ExchangeDraft exchange)
    {
        if (exchange.Frames.Count > 0)
        {
            return exchange.Frames;
        }

        var body = exchange.ResponseBody.Bytes;
        var text = body.Span[JsonText.MarkLength(body.Span)..].TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return exchange.IsEventStream ? [] : null;
        }

        if (AwsEventStream.Is(body.Span))
        {
            var frames = AwsEventStream.Read(body, end => At(exchange, end));
            return frames.Count > 0 ? frames : null;
        }

        return text[0] switch
        {
            (byte)'{' => ReadLines(body, exchange),
            (byte)'[' => ReadArray(exchange),
            _ => ReadEvents(body, exchange, text),
        };
    }

    private static List<Frame>? ReadEvents(ReadOnlyMemory<byte> body, ExchangeDraft exchange, ReadOnlySpan<byte> text)
    {
        const int longest = 64;
        var head = System.Text.Encoding.Latin1.GetString(text[..Math.Min(text.Length, longest)]);
        if (!ServerSentEvent.IsLine(head))
        {
            return null;
        }

        var frames = new List<Frame>();
        foreach (var received in ServerSentEventReader.ReadAll(body.Span))
        {
            if (received.Data is not null)
            {
                frames.Add(Frame.FromEvent(received.Lines, At(exchange, received.End)) with { End = received.End });
            }
        }

        return frames.Count > 0 ? frames : null;
    }

    /// <summary>
    /// Reads JSON lines: at least two objects, or one under the media type of such streams. A line that is damaged or
    /// cut off at least begins as an object.
    /// </summary>
    private static List<Frame>? ReadLines(ReadOnlyMemory<byte> body, ExchangeDraft exchange)
    {
        var end = body.Span.IndexOf((byte)'\n');
        var isNamed = exchange.IsLineStream;
        if (!isNamed && (end < 0 || exchange.ResponseBody.Json.Exists))
        {
            return null;
        }

        var frames = new List<Frame>();
        var objects = 0;
        for (var start = 0; start < body.Length; )
        {
            var length = body.Span[start..].IndexOf((byte)'\n');
            var next = length < 0 ? body.Length : start + length + 1;
            var line = body[start..next];
            if (line.Span.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                var frame = Frame.FromBytes(FrameKind.Line, line, At(exchange, next));
                var isObject = frame.Json.Kind == JsonValueKind.Object;
                if (frame.Json.Exists ? !isObject : !line.Span.TrimStart(" \t"u8).StartsWith("{"u8))
                {
                    return null;
                }

                objects += isObject ? 1 : 0;
                frames.Add(frame with { End = next });
            }

            start = next;
        }

        return frames.Count > 0 && (objects == frames.Count || objects > 1) ? frames : null;
    }

    /// <summary>Reads an array whose elements arrive one by one, as Gemini sends it.</summary>
    private static List<Frame>? ReadArray(ExchangeDraft exchange)
    {
        var isStream = exchange.Path.EndsWith(":streamGenerateContent", StringComparison.Ordinal);
        if (!isStream || exchange.ResponseBody.Json.Kind != JsonValueKind.Array)
        {
            return null;
        }

        var frames = new List<Frame>();
        foreach (var element in exchange.ResponseBody.Json.Elements)
        {
            var end = element.Start + element.Length;
            frames.Add(Frame.FromJson(FrameKind.Message, element, At(exchange, end)) with { End = end });
        }

        return frames.Count > 0 ? frames : null;
    }

    private static TimeSpan? At(ExchangeDraft exchange, int end) =>
        exchange.Arrivals.Count == 0 ? null : exchange.ArrivalOf(end);
}
