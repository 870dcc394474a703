using System.Buffers.Binary;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.Bedrock;

/// <summary>
/// Represents a message of AWS's binary event stream: a prelude with the lengths of all and of the headers, then the
/// headers, a payload and a check sum (https://smithy.io/2.0/aws/amazon-eventstream.html). The
/// last message of a stream may be cut off.
/// </summary>
/// <param name="Bytes">As much of it as there is.</param>
/// <param name="Total">The length that it states.</param>
/// <param name="PayloadStart">Where the payload begins.</param>
internal readonly record struct AwsEventMessage(ReadOnlyMemory<byte> Bytes, long Total, int PayloadStart)
{
    private const int PreludeLength = 12;
    private const int ChecksumLength = 4;
    private const int LongestHeaders = 128 << 10;
    private const byte TextHeader = 7;

    /// <summary>Gets whether it is not cut off.</summary>
    public bool IsWhole => Total == Bytes.Length;

    /// <summary>Gets what it carries.</summary>
    public ReadOnlyMemory<byte> Payload => IsWhole ? Bytes[PayloadStart..^ChecksumLength] : Bytes[PayloadStart..];

    /// <summary>Gets the type of the event, or of the exception; null if the headers name none.</summary>
    public string? Name
    {
        get
        {
            string? name = null;
            var headers = Bytes.Span[PreludeLength..PayloadStart];
            while (headers.Length > 0 && headers.Length > headers[0] + 3 && headers[headers[0] + 1] == TextHeader)
            {
                var header = Encoding.UTF8.GetString(headers.Slice(1, headers[0]));
                var rest = headers[(headers[0] + 2)..];
                var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
                if (rest.Length < length + 2)
                {
                    break;
                }

                var isName = header is ":event-type" or ":exception-type";
                name = isName ? Encoding.UTF8.GetString(rest.Slice(2, length)) : name;
                headers = rest[(length + 2)..];
            }

            return name;
        }
    }

    /// <summary>Returns whether bytes begin with a whole message that has headers.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) =>
        TryReadLengths(bytes, out var total, out var payloadStart)
        && total <= bytes.Length
        && payloadStart > PreludeLength
        && bytes[PreludeLength..].IndexOf(":message-type"u8) is >= 0 and < LongestHeaders;

    /// <summary>Reads the message that bytes begin with; null if they do not begin with one.</summary>
    /// <param name="bytes">The bytes, which may end in it, but not before its payload.</param>
    public static AwsEventMessage? Read(ReadOnlyMemory<byte> bytes) =>
        TryReadLengths(bytes.Span, out var total, out var payloadStart) && payloadStart < bytes.Length
            ? new(bytes[..(int)Math.Min(total, bytes.Length)], total, payloadStart)
            : null;

    /// <summary>Returns the message with another payload, its lengths and its check sums.</summary>
    public byte[] With(ReadOnlySpan<byte> payload)
    {
        var checksum = IsWhole ? ChecksumLength : 0;
        var message = new byte[PayloadStart + payload.Length + checksum];
        Bytes.Span[..PayloadStart].CopyTo(message);
        payload.CopyTo(message.AsSpan(PayloadStart));
        BinaryPrimitives.WriteUInt32BigEndian(message, (uint)(Total + payload.Length - Payload.Length));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32.Of(message.AsSpan(0, 8)));
        if (IsWhole)
        {
            BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(^4..), Crc32.Of(message.AsSpan(..^4)));
        }

        return message;
    }

    private static bool TryReadLengths(ReadOnlySpan<byte> bytes, out long total, out int payloadStart)
    {
        (total, payloadStart) = (0, 0);
        if (bytes.Length < PreludeLength)
        {
            return false;
        }

        total = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var headers = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        if (headers > LongestHeaders || total < PreludeLength + headers + ChecksumLength)
        {
            return false;
        }

        payloadStart = PreludeLength + (int)headers;
        return true;
    }
}
