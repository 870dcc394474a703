using OpenAICassette.Text;

namespace OpenAICassette.Formats.BareAnswer;

/// <summary>
/// Puts the empty lines between server-sent events that some tools leave out when they keep a stream. Without them, a
/// client would take all data lines for one event (WHATWG HTML, section 9.2.6).
/// </summary>
internal static class SeparateLines
{
    /// <summary>Returns a stream with an empty line after each data line; the stream itself if it needs none.</summary>
    /// <param name="stream">The stream.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> stream)
    {
        var bytes = stream.Span.Trim("\r\n"u8);
        if (bytes.IndexOf("\n\n"u8) >= 0 || bytes.IndexOf("\r\n\r\n"u8) >= 0)
        {
            return stream;
        }

        var output = new ByteBuilder(stream.Length + (stream.Length / 16));
        var count = 0;
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = (end < 0 ? bytes : bytes[..end]).TrimEnd((byte)'\r');
            bytes = end < 0 ? default : bytes[(end + 1)..];
            output.Append(line);
            output.Append((byte)'\n');
            if (!line.StartsWith("data:"u8))
            {
                continue;
            }

            // The last line of a file may be cut off. A value that takes several data lines is one event.
            var data = line["data:".Length..].Trim((byte)' ');
            var isWhole = data.SequenceEqual("[DONE]"u8) || JsonValue.ParseOrUndefined(data.ToArray()).Exists;
            if (!isWhole && (count == 0 || bytes.Length > 0))
            {
                return stream;
            }

            output.Append((byte)'\n');
            count++;
        }

        return count > 1 ? output.ToArray() : stream;
    }
}
