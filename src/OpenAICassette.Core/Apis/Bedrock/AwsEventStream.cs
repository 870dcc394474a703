using System.Buffers.Binary;
using System.Text;

namespace OpenAICassette.Apis.Bedrock;

/// <summary>
/// Reads the binary event stream of AWS (application/vnd.amazon.eventstream): messages of a length, headers, a payload
/// and check sums.
/// </summary>
internal static class AwsEventStream
{
    private const int PreludeLength = 12;
    private const int ChecksumLength = 4;
    private const int LongestHeaders = 128 << 10;
    private const byte TextHeader = 7;

    /// <summary>The member of a chunk of InvokeModel that has the model's own event in base64.</summary>
    internal const string InnerMember = "bytes";

    /// <summary>Returns whether bytes begin with a message.</summary>
    public static bool Is(ReadOnlySpan<byte> body) =>
        TryReadLengths(body, out _, out var headers)
        && headers > 0
        && body[PreludeLength..].IndexOf(":message-type"u8) is >= 0 and < LongestHeaders;

    /// <summary>Reads the messages; what a cut stream has of its last one is left out.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="arrivalOf">Returns when the bytes up to an offset had arrived.</param>
    public static List<Frame> Read(ReadOnlyMemory<byte> body, Func<int, TimeSpan?> arrivalOf)
    {
        var frames = new List<Frame>();
        for (var start = 0; TryReadLengths(body.Span[start..], out var total, out var headers); start += total)
        {
            var end = start + total;
            var name = EventOf(body.Span.Slice(start + PreludeLength, headers));
            var payload = body[(start + PreludeLength + headers)..(end - ChecksumLength)];
            frames.Add(Frame.FromBytes(FrameKind.Message, DataOf(name, payload), arrivalOf(end)) with { End = end });
        }

        return frames;
    }

    private static bool TryReadLengths(ReadOnlySpan<byte> message, out int total, out int headers)
    {
        (total, headers) = (0, 0);
        if (message.Length < PreludeLength + ChecksumLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(message);
        var headerLength = BinaryPrimitives.ReadUInt32BigEndian(message[4..]);
        if (
            length > message.Length
            || headerLength > LongestHeaders
            || length < PreludeLength + headerLength + ChecksumLength
        )
        {
            return false;
        }

        (total, headers) = ((int)length, (int)headerLength);
        return true;
    }

    /// <summary>Returns the type of the event, or of the exception; null if the headers name none.</summary>
    internal static string? EventOf(ReadOnlySpan<byte> headers)
    {
        string? name = null;
        while (headers.Length > 0 && headers.Length > headers[0] + 3 && headers[headers[0] + 1] == TextHeader)
        {
            var header = Encoding.UTF8.GetString(headers.Slice(1, headers[0]));
            var rest = headers[(headers[0] + 2)..];
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (rest.Length < length + 2)
            {
                break;
            }

            name = header is ":event-type" or ":exception-type" ? Encoding.UTF8.GetString(rest.Slice(2, length)) : name;
            headers = rest[(length + 2)..];
        }

        return name;
    }

    /// <summary>
    /// Returns what an SDK hands out: the event of the model's own API that a chunk carries in base64, else an object
    /// whose only member has the event's name.
    /// </summary>
    private static ReadOnlyMemory<byte> DataOf(string? name, ReadOnlyMemory<byte> payload)
    {
        var json = JsonValue.ParseOrUndefined(payload);
        if (json[InnerMember].Text is { } text && System.Buffers.Text.Base64.IsValid(text))
        {
            return Convert.FromBase64String(text);
        }

        return name is null || !json.Exists
            ? payload
            : Encoding.UTF8.GetBytes($"{{\"{name}\":{Encoding.UTF8.GetString(payload.Span)}}}");
    }
}
