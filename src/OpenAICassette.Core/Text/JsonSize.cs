namespace OpenAICassette.Text;

/// <summary>How many values a text of JSON has, counted without reading it.</summary>
internal static class JsonSize
{
    /// <summary>
    /// Returns true for text that begins like an object or an array and has more values than a limit; other text is not
    /// counted.
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

        // A value begins the text, or follows one of these.
        var count = 1;
        while (count <= limit && rest.IndexOfAny("\"{[,:"u8) is var at and >= 0)
        {
            var isString = rest[at] == '"';
            rest = rest[(at + 1)..];
            if (isString)
            {
                rest = AfterString(rest);
            }
            else
            {
                count++;
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
