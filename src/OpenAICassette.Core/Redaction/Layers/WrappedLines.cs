using System.Buffers;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Finds long base64 that is wrapped into lines of one length and a shorter last one. A block is measured once, however
/// many of its lines are requested.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="digits">The characters of base64.</param>
internal sealed class WrappedLines(string text, SearchValues<char> digits)
{
    private const int Shortest = 60;
    private const int Longest = 128;

    /// <summary>
    /// Lines before the block may look like its first one. After this many others, the block has no beginning here.
    /// </summary>
    private const int MostBeginnings = 8;

    private int _end;
    private int _line;
    private int _beginnings;

    /// <summary>Returns the length of a line with its continuation lines; its own length if there are none.</summary>
    /// <param name="start">The start of the line.</param>
    /// <param name="length">Its length.</param>
    public int LengthAt(int start, int length)
    {
        if (length is < Shortest or > Longest || (length & 3) != 0)
        {
            return length;
        }

        if (start >= _end || length != _line)
        {
            (_end, _line, _beginnings) = (EndOf(start + length, length), length, 0);
        }

        return ++_beginnings > MostBeginnings ? length : _end - start;
    }

    /// <summary>Returns the end of the continuation lines of a line with a length.</summary>
    private int EndOf(int end, int length)
    {
        while (true)
        {
            var next = end;
            next += next < text.Length && text[next] == '\r' ? 1 : 0;
            if (next >= text.Length || text[next] != '\n')
            {
                return end;
            }

            next++;
            var found = text.AsSpan(next).IndexOfAnyExcept(digits);
            var more = found < 0 ? text.Length - next : found;
            while (next + more < text.Length && text[next + more] == '=' && (more & 3) != 0)
            {
                more++;
            }

            if (more == 0 || more > length)
            {
                return end;
            }

            end = next + more;
            if (more < length)
            {
                return end;
            }
        }
    }
}
