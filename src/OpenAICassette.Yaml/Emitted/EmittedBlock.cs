using System.Buffers;

namespace OpenAICassette.Emitted;

/// <summary>Reads block mappings and sequences.</summary>
internal static class EmittedBlock
{
    private const int LongestKey = 1000;

    /// <summary>What ends a key, or leaves it to the parser.</summary>
    private static readonly SearchValues<byte> s_nameEnds = SearchValues.Create(" :\"'#{}[],&*!|>%@`\t"u8);

    /// <summary>Reads the node at a line's content.</summary>
    /// <param name="cursor">The place; afterwards the next line that has content.</param>
    /// <param name="parent">The column of the collection around it.</param>
    /// <returns>False if the parser must read it.</returns>
    public static bool TryRead(ref EmittedCursor cursor, int parent)
    {
        if (!cursor.TryEnter())
        {
            return false;
        }

        var isRead =
            cursor.IsItem ? TrySequence(ref cursor, cursor.Column)
            : KeyEnd(cursor) >= 0 ? TryMapping(ref cursor, cursor.Column)
            : parent >= 0 && EmittedScalar.TryRead(ref cursor, parent);
        cursor.Leave();
        return isRead;
    }

    private static bool TrySequence(ref EmittedCursor cursor, int column)
    {
        var separator = (byte)'[';
        do
        {
            cursor.Output.Append(separator);
            separator = (byte)',';
            var dash = cursor.At++;
            cursor.SkipBlanks();
            var isRead =
                cursor.Text[cursor.At] == '\n'
                    ? TryBelow(ref cursor, column, isMapping: false)
                    : TryInline(ref cursor, column, column + cursor.At - dash);
            if (!isRead)
            {
                return false;
            }
        } while (cursor.Column == column && cursor.IsItem);

        cursor.Output.Append((byte)']');
        return cursor.Column <= column;
    }

    /// <summary>Reads an item that begins beside its dash: another collection, or a scalar.</summary>
    private static bool TryInline(ref EmittedCursor cursor, int parent, int column)
    {
        cursor.Column = column;
        return TryRead(ref cursor, parent);
    }

    private static bool TryMapping(ref EmittedCursor cursor, int column)
    {
        var separator = (byte)'{';
        do
        {
            var end = KeyEnd(cursor);
            if (end < 0)
            {
                return false;
            }

            cursor.Output.Append(separator);
            separator = (byte)',';
            if (!TryKey(ref cursor, end))
            {
                return false;
            }

            cursor.SkipBlanks();
            var isRead =
                cursor.Text[cursor.At] == '\n'
                    ? TryBelow(ref cursor, column, isMapping: true)
                    : EmittedScalar.TryRead(ref cursor, column);
            if (!isRead)
            {
                return false;
            }
        } while (cursor.Column == column && !cursor.IsMark);

        cursor.Output.Append((byte)'}');
        return cursor.Column <= column;
    }

    /// <summary>Writes a key and goes behind its colon.</summary>
    private static bool TryKey(ref EmittedCursor cursor, int end)
    {
        if (cursor.Text[cursor.At] is (byte)'"' or (byte)'\'')
        {
            if (!EmittedQuoted.TryRead(ref cursor, parent: int.MaxValue) || cursor.At != end)
            {
                return false;
            }
        }
        else
        {
            cursor.Output.Append((byte)'"');
            cursor.Write(cursor.Text[cursor.At..end]);
            cursor.Output.Append((byte)'"');
        }

        cursor.Output.Append((byte)':');
        cursor.At = end + 1;
        return true;
    }

    /// <summary>Reads a value in the lines below a key or a dash; there may be none.</summary>
    private static bool TryBelow(ref EmittedCursor cursor, int column, bool isMapping)
    {
        cursor.TryEndLine();
        var isBelow = cursor.Column > column || (isMapping && cursor.Column == column && cursor.IsItem);
        if (isBelow)
        {
            return TryRead(ref cursor, column);
        }

        cursor.Output.Append("null"u8);
        return true;
    }

    /// <summary>Returns the offset of the colon behind the key that a line begins with; -1 if it begins with none.</summary>
    private static int KeyEnd(in EmittedCursor cursor)
    {
        var line = cursor.Text[cursor.At..];
        line = line[..line.IndexOf((byte)'\n')];
        var colon = line[0] switch
        {
            (byte)'"' or (byte)'\'' => EndOfQuoted(line),
            _ => EndOfPlain(line),
        };
        var isKey =
            colon is > 0 and < LongestKey && (colon + 1 == line.Length || line[colon + 1] == ' ') && line[colon] == ':';
        return isKey ? cursor.At + colon : -1;
    }

    private static int EndOfQuoted(ReadOnlySpan<byte> line)
    {
        var quote = line[0];
        for (var at = 1; at < line.Length && at < LongestKey; at++)
        {
            if (line[at] == '\\' && quote == '"')
            {
                at++;
            }
            else if (line[at] == quote && !(quote == '\'' && line[(at + 1)..].StartsWith((byte)'\'')))
            {
                return at + 1 < line.Length ? at + 1 : -1;
            }
            else if (line[at] == quote)
            {
                at++;
            }
        }

        return -1;
    }

    private static int EndOfPlain(ReadOnlySpan<byte> line)
    {
        // A letter, a digit or what else no indicator is; other keys are left to the parser.
        var isName = char.IsAsciiLetterOrDigit((char)line[0]) || line[0] is (byte)'_' or (byte)'/' or (byte)'.';
        if (!isName)
        {
            return -1;
        }

        var end = line.IndexOfAny(s_nameEnds);
        return end > 0 && line[end] == ':' ? end : -1;
    }
}
