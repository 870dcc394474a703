using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.Bedrock;

/// <summary>
/// Represents a binary event stream of AWS as lines of JSON, one for each message, which can be changed: messages get
/// the lengths and check sums of what they hold then.
/// </summary>
internal sealed class AwsEventText
{
    private readonly List<MessageLine> _messages;
    private readonly ReadOnlyMemory<byte> _rest;
    private readonly List<string> _lines;

    private AwsEventText(List<MessageLine> messages, ReadOnlyMemory<byte> rest)
    {
        _messages = messages;
        _rest = rest;
        _lines = messages.ConvertAll(message => message.Line());
        Text = string.Join('\n', _lines);
    }

    /// <summary>Gets the lines.</summary>
    public string Text { get; }

    /// <summary>Reads a stream; returns null for other bytes.</summary>
    /// <param name="body">The bytes, of which the last message may be cut off.</param>
    public static AwsEventText? Open(ReadOnlyMemory<byte> body)
    {
        if (!AwsEventMessage.Begins(body.Span))
        {
            return null;
        }

        var messages = new List<MessageLine>();
        var rest = body;
        while (AwsEventMessage.Read(rest) is { } message)
        {
            messages.Add(new(message));
            rest = rest[message.Bytes.Length..];
        }

        return new(messages, rest);
    }

    /// <summary>Returns the stream with changed lines; null if they are not as many as before.</summary>
    /// <param name="text">The lines.</param>
    public byte[]? ToBytes(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length != _messages.Count)
        {
            return null;
        }

        var result = new ByteBuilder(text.Length * 2);
        for (var i = 0; i < lines.Length; i++)
        {
            var message = _messages[i];
            result.Append(lines[i] == _lines[i] ? message.Bytes.Span : message.With(lines[i]));
        }

        result.Append(_rest.Span);
        return result.ToArray();
    }

    /// <summary>Represents a message as a line of JSON.</summary>
    private sealed class MessageLine(AwsEventMessage message)
    {
        private const string TextMember = "text";

        public ReadOnlyMemory<byte> Bytes => message.Bytes;

        private ReadOnlyMemory<byte> Payload { get; } = message.Payload;

        /// <summary>Gets the text in base64 that is all that a chunk of InvokeModel says.</summary>
        private JsonValue Inner => JsonValue.ParseOrUndefined(Payload)[AwsEventStream.InnerMember];

        /// <summary>Returns the line; an empty one if the message holds no text.</summary>
        public string Line()
        {
            if (InnerBytes() is { } inner)
            {
                return Encoding.UTF8.GetString(inner);
            }

            if (JsonValue.ParseOrUndefined(Payload) is { Exists: true } json)
            {
                var compact = Payload.Span.Contains((byte)'\n')
                    ? json.ToCompactJson()
                    : Encoding.UTF8.GetString(Payload.Span);
                return message.Name is { } name ? $"{{\"{name}\":{compact}}}" : compact;
            }

            var isText = message.IsWhole ? Utf8.IsValid(Payload.Span) : !Payload.IsEmpty;
            return isText
                ? JsonLine.Write(writer => writer.WriteString(TextMember, Charset.GetString(Payload.Span)))
                : "";
        }

        /// <summary>Returns the message with another line.</summary>
        public byte[] With(string line) => message.With(PayloadOf(line));

        /// <summary>Gets the encoding of other text; a message that is cut off may end within a character.</summary>
        private Encoding Charset => message.IsWhole ? Encoding.UTF8 : Encoding.Latin1;

        private byte[] PayloadOf(string line)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            if (InnerBytes() is not null)
            {
                var text = Encoding.ASCII.GetBytes($"\"{Convert.ToBase64String(bytes)}\"");
                return ByteEdit.Apply(Payload.Span, [new ByteEdit(Inner.Start, Inner.Length, text)]);
            }

            if (JsonValue.ParseOrUndefined(Payload).Exists)
            {
                return message.Name is { } name
                    ? bytes[(Encoding.UTF8.GetByteCount(name) + "{\"\":".Length)..^1]
                    : bytes;
            }

            return Charset.GetBytes(JsonValue.ParseOrUndefined(bytes)[TextMember].Text ?? string.Empty);
        }

        private byte[]? InnerBytes()
        {
            var bytes = Inner.Text is { } text && Base64.IsValid(text) ? Convert.FromBase64String(text) : null;
            var isLine = bytes is not null && Utf8.IsValid(bytes) && !bytes.AsSpan().Contains((byte)'\n');
            return isLine ? bytes : null;
        }
    }
}
