using System.Buffers.Text;
using System.Text;

namespace OpenAICassette.Formats.Httprr;

/// <summary>
/// Represents an HTTP/1.1 message as text (RFC 9112, section 2): a start line, header fields and what follows them.
/// </summary>
internal sealed record TracedMessage(string StartLine, HeaderList Headers, ReadOnlyMemory<byte> Rest)
{
    /// <summary>Takes a message apart.</summary>
    public static TracedMessage Parse(ReadOnlyMemory<byte> message)
    {
        var end = message.Span.IndexOf("\r\n\r\n"u8);
        var head = Encoding.UTF8.GetString(end < 0 ? message.Span : message.Span[..end]);
        var lines = head.Split("\r\n");
        var fields = lines
            .Skip(1)
            .Select(line => (Line: line, Colon: line.IndexOf(':', StringComparison.Ordinal)))
            .Where(field => field.Colon > 0)
            .Select(field => new HeaderField(field.Line[..field.Colon], field.Line[(field.Colon + 1)..].Trim()));
        return new(lines[0], new HeaderList(fields), end < 0 ? default : message[(end + 4)..]);
    }

    /// <summary>Reads the body. Some traces keep the framing of a chunked one.</summary>
    public Body ReadBody()
    {
        var isChunked = Headers["transfer-encoding"]?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;
        var bytes = isChunked ? Unchunk(Rest.Span) ?? Rest : Rest;
        return Body.FromRecorded(bytes, Headers["content-type"], Headers["content-encoding"]);
    }

    /// <summary>Removes the framing of chunks (RFC 9112, section 7.1); null for bytes that have none.</summary>
    private static byte[]? Unchunk(ReadOnlySpan<byte> framed)
    {
        using var body = new MemoryStream();
        while (framed.IndexOf("\r\n"u8) is var end and > 0)
        {
            var isLength = Utf8Parser.TryParse(framed[..end], out int length, out _, 'x');
            if (!isLength || length < 0 || length > framed.Length - end - 2)
            {
                return null;
            }

            if (length == 0)
            {
                return body.ToArray();
            }

            body.Write(framed.Slice(end + 2, length));
            var next = framed[(end + 2 + length)..];
            framed = next.StartsWith("\r\n"u8) ? next[2..] : next;
        }

        return framed.IsEmpty ? body.ToArray() : null;
    }
}
