namespace OpenAICassette.Emitted;

/// <summary>Reads literal scalars, which begin with a bar.</summary>
internal static class EmittedLiteral
{
    /// <summary>Reads a scalar from its bar on.</summary>
    /// <param name="cursor">The place; afterwards the next line that has content.</param>
    /// <param name="parent">The column of the collection around it.</param>
    /// <param name="isBinary">Whether it is base64, of which blanks and line ends are no part.</param>
    /// <returns>False if the parser must read it.</returns>
    public static bool TryRead(ref EmittedCursor cursor, int parent, bool isBinary)
    {
        var text = cursor.Text;
        var chomp = text[++cursor.At];
        cursor.At += chomp is (byte)'-' or (byte)'+' ? 1 : 0;
        if (text[cursor.At] != '\n')
        {
            return false;
        }

        var start = ++cursor.At;
        var column = ColumnOf(text[start..]);
        if (column <= parent)
        {
            return false;
        }

        cursor.Output.Append(isBinary ? "{\"!!binary\":\""u8 : "\""u8);
        var pending = 0;
        var isFirst = true;
        while (cursor.At < text.Length)
        {
            var length = text[cursor.At..].IndexOf((byte)'\n');
            var line = text.Slice(cursor.At, length);
            var blanks = line.IndexOfAnyExcept((byte)' ');
            if (blanks < 0 && length <= column)
            {
                pending++;
            }
            else if (blanks >= 0 && blanks < column)
            {
                break;
            }
            else if (isBinary)
            {
                WriteWithoutBlanks(ref cursor, line);
            }
            else
            {
                WriteBreaks(ref cursor, isFirst ? pending : pending + 1);
                cursor.Write(line[column..]);
                pending = 0;
                isFirst = false;
            }

            cursor.At += length + 1;
        }

        if (!isBinary)
        {
            WriteBreaks(
                ref cursor,
                chomp == '-' ? 0
                    : chomp == '+' ? pending + 1
                    : 1
            );
        }

        cursor.Output.Append(isBinary ? "\"}"u8 : "\""u8);
        cursor.NextLine();

        // Something that is further in than the parent belongs to nothing.
        return cursor.Column <= parent;
    }

    /// <summary>Returns the column of the first line that is not blank; -1 where blanks reach further than it.</summary>
    private static int ColumnOf(ReadOnlySpan<byte> text)
    {
        var most = 0;
        while (!text.IsEmpty)
        {
            var blanks = text.IndexOfAnyExcept((byte)' ');
            if (blanks < 0)
            {
                return -1;
            }

            if (text[blanks] != '\n')
            {
                return text[blanks] == '\t' || most > blanks ? -1 : blanks;
            }

            most = Math.Max(most, blanks);
            text = text[(blanks + 1)..];
        }

        return -1;
    }

    private static void WriteBreaks(ref EmittedCursor cursor, int count)
    {
        for (var line = 0; line < count; line++)
        {
            cursor.Output.Append("\\n"u8);
        }
    }

    private static void WriteWithoutBlanks(ref EmittedCursor cursor, ReadOnlySpan<byte> line)
    {
        foreach (var part in line.Split((byte)' '))
        {
            cursor.Write(line[part]);
        }
    }
}
