using System.Text;

namespace OpenAICassette.Text;

/// <summary>
/// Reads server-sent events (WHATWG HTML, section 9.2.5) one after the other. Unlike a client it keeps every line as it
/// came, comments included, and gives the last event even when no blank line ends it: the stream may have been cut
/// there.
/// </summary>
/// <param name="text">The stream in UTF-8.</param>
internal ref struct ServerSentEventReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>Gets the event that was read last.</summary>
    public ServerSentEvent Current { get; private set; } = new([], 0);

    /// <summary>Reads all events.</summary>
    public static List<ServerSentEvent> ReadAll(ReadOnlySpan<byte> text)
    {
        var events = new List<ServerSentEvent>();
        var reader = new ServerSentEventReader(text);
        while (reader.Read())
        {
            events.Add(reader.Current);
        }

        return events;
    }

    /// <summary>Reads the next event.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Read()
    {
        var lines = new List<string>();
        while (ReadLine(out var line))
        {
            if (!line.IsEmpty)
            {
                lines.Add(Encoding.UTF8.GetString(line));
            }
            else if (lines.Count > 0)
            {
                break;
            }
        }

        Current = new ServerSentEvent(lines, _at);
        return lines.Count > 0;
    }

    /// <summary>
    /// Reads the next line, which ends with a carriage return, a line feed, both in that order, or the text.
    /// </summary>
    /// <param name="line">The line without its end.</param>
    /// <returns>False at the end of the text.</returns>
    public bool ReadLine(out ReadOnlySpan<byte> line)
    {
        var rest = _text[_at..];
        var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
        line = length < 0 ? rest : rest[..length];
        _at += length < 0 ? rest.Length : length + EndLength(rest[length..]);
        return !rest.IsEmpty;
    }

    /// <summary>Gets the offset after what was read.</summary>
    public readonly int Position => _at;

    private static int EndLength(ReadOnlySpan<byte> end) => end is [(byte)'\r', (byte)'\n', ..] ? 2 : 1;
}
