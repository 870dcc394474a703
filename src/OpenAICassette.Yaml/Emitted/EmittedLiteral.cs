namespace OpenAICassette.Emitted;

/// <summary>Reads block scalars: literal ones, which begin with a bar, and folded ones, which begin with an angle.</summary>
internal static class EmittedLiteral
{
    /// <summary>Reads a scalar from its bar or angle on.</summary>
    /// <param name="cursor">The place; afterwards the next line that has content.</param>
    /// <param name="parent">The column of the collection around it.</param>
    /// <param name="isBinary">Whether it is base64, of which blanks and line ends are no part.</param>
    /// <returns>False if the parser must read it.</returns>
    public static bool TryRead(ref EmittedCursor cursor, int parent, bool isBinary)
    {
        var text = cursor.Text;
        var isFolded = text[cursor.At++] == '>';
        var indentation = char.IsAsciiDigit((char)text[cursor.At]) ? text[cursor.At++] - '0' : 0;
        var chomp = text[cursor.At];
        cursor.At += chomp is (byte)'-' or (byte)'+' ? 1 : 0;
        if (text[cursor.At] != '\n')
        {
            return false;
        }

        cursor.At++;
        var column = indentation > 0 ? parent + indentation : ColumnOf(text[cursor.At..]);
        if (column <= parent)
        {
            return false;
        }

        cursor.Output.Append(isBinary ? "{\"!!binary\":\""u8 : "\""u8);
        var blankLines = WriteLines(ref cursor, column, isFolded, isBinary, indentation > 0);
        if (blankLines < 0)
        {
            return false;
        }

        if (!isBinary)
        {
            WriteBreaks(
                ref cursor,
                chomp == '-' ? 0
                    : chomp == '+' ? blankLines + 1
                    : 1
            );
        }

        cursor.Output.Append(isBinary ? "\"}"u8 : "\""u8);
        cursor.NextLine();

        // Something that is further in than the parent belongs to nothing.
        return cursor.Column <= parent;
    }

    /// <summary>Writes the lines of a scalar.</summary>
    /// <returns>The number of blank lines at its end; -1 if the parser must read it.</returns>
    private static int WriteLines(ref EmittedCursor cursor, int column, bool isFolded, bool isBinary, bool isTold)
    {
        var text = cursor.Text;
        var blankLines = 0;
        var (isFirst, wasIndented) = (true, false);
        while (cursor.At < text.Length)
        {
            var length = text[cursor.At..].IndexOf((byte)'\n');
            var line = text.Slice(cursor.At, length);
            var blanks = line.IndexOfAnyExcept((byte)' ');
            if (blanks < 0 && ((isFirst && !isTold) || length <= column))
            {
                blankLines++;
            }
            else if (blanks >= 0 && blanks < column)
            {
                break;
            }
            else if (isBinary)
            {
                WriteWithoutBlanks(ref cursor, line);
                isFirst = false;
            }
            else
            {
                // Lines that are further in are not folded.
                var isIndented = line[column] is (byte)' ' or (byte)'\t';
                if (isFolded && !isFirst && !isIndented && !wasIndented)
                {
                    cursor.WriteFold(blankLines);
                }
                else
                {
                    WriteBreaks(ref cursor, isFirst ? blankLines : blankLines + 1);
                }

                cursor.Write(line[column..]);
                blankLines = 0;
                (isFirst, wasIndented) = (false, isIndented);
            }

            cursor.At += length + 1;
        }

        return isFirst ? -1 : blankLines;
    }

    /// <summary>
    /// Returns the column of the first line that is not blank; -1 where there is none. Blanks above it mean nothing.
    /// </summary>
    private static int ColumnOf(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var blanks = text.IndexOfAnyExcept((byte)' ');
            if (blanks < 0 || text[blanks] == '\t')
            {
                return -1;
            }

            if (text[blanks] != '\n')
            {
                return blanks;
            }

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
