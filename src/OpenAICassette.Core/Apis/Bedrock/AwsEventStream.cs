using System.Text;

namespace OpenAICassette.Apis.Bedrock;

/// <summary>Reads the binary event stream of AWS (application/vnd.amazon.eventstream).</summary>
internal static class AwsEventStream
{
    /// <summary>The member of a chunk of InvokeModel that has the model's own event in base64.</summary>
    internal const string InnerMember = "bytes";

    /// <summary>Returns whether bytes begin with a message.</summary>
    public static bool Is(ReadOnlySpan<byte> body) => AwsEventMessage.Begins(body);

    /// <summary>Reads the messages; what a cut stream has of its last one is left out.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="arrivalOf">Returns when the bytes up to an offset had arrived.</param>
    public static List<Frame> Read(ReadOnlyMemory<byte> body, Func<int, TimeSpan?> arrivalOf)
    {
        var frames = new List<Frame>();
        var end = 0;
        while (AwsEventMessage.Read(body[end..]) is { IsWhole: true } message)
        {
            end += message.Bytes.Length;
            frames.Add(Frame.FromBytes(FrameKind.Message, DataOf(message), arrivalOf(end)) with { End = end });
        }

        return frames;
    }

    /// <summary>
    /// Returns what an SDK hands out: the event of the model's own API that a chunk carries in base64, else an object
    /// whose only member has the event's name.
    /// </summary>
    private static ReadOnlyMemory<byte> DataOf(AwsEventMessage message)
    {
        var payload = message.Payload;
        var json = JsonValue.ParseOrUndefined(payload);
        if (json[InnerMember].Text is { } text && System.Buffers.Text.Base64.IsValid(text))
        {
            return Convert.FromBase64String(text);
        }

        return message.Name is { } name && json.Exists
            ? Encoding.UTF8.GetBytes($"{{\"{name}\":{Encoding.UTF8.GetString(payload.Span)}}}")
            : payload;
    }
}
