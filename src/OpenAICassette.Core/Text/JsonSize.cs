using System.Buffers;

namespace OpenAICassette.Text;

/// <summary>How many values a text of JSON has, counted without reading it.</summary>
internal static class JsonSize
{
    private static readonly SearchValues<byte> s_marks = SearchValues.Create("\"{}[],:"u8);

    /// <summary>
    /// Returns true for text that begins like an object or an array and has more values than a limit. Other text is not
    /// counted, nor is what follows the end of the first value: JSON lines are not read as one value.
    /// </summary>
    /// <param name="utf8">The text, which need not be valid.</param>
    /// <param name="limit">The limit.</param>
    public static bool HasMoreValuesThan(ReadOnlySpan<byte> utf8, int limit)
    {
        var rest = utf8.TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        // A value begins the text, or follows one of the other marks.
        var (count, depth) = (1, 0);
        while (count <= limit && rest.IndexOfAny(s_marks) is var at and >= 0)
        {
            var mark = rest[at];
            rest = rest[(at + 1)..];
            switch (mark)
            {
                case (byte)'"':
                    rest = AfterString(rest);
                    break;
                case (byte)'}' or (byte)']':
                    if (--depth == 0)
                    {
                        return false;
                    }

                    break;
                default:
                    depth += mark is (byte)'{' or (byte)'[' ? 1 : 0;
                    count++;
                    break;
            }
        }

        return count > limit;
    }

    private static ReadOnlySpan<byte> AfterString(ReadOnlySpan<byte> rest)
    {
        while (rest.IndexOfAny((byte)'"', (byte)'\\') is var at and >= 0)
        {
            var isEnd = rest[at] == '"';
            rest = rest[Math.Min(rest.Length, at + (isEnd ? 1 : 2))..];
            if (isEnd)
            {
                return rest;
            }
        }

        return default;
    }
}
