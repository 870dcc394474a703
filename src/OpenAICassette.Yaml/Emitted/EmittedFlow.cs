using System.Buffers;

namespace OpenAICassette.Emitted;

/// <summary>Reads flow collections: lists in brackets and mappings in braces.</summary>
internal static class EmittedFlow
{
    /// <summary>What ends a plain scalar, or leaves it to the parser.</summary>
    private static readonly SearchValues<byte> s_ends = SearchValues.Create(",[]{}\n#?&*!|>'\"%@`\t"u8);

    /// <summary>Reads a collection, and goes behind its closing bracket.</summary>
    /// <param name="cursor">The place of the opening bracket.</param>
    /// <param name="parent">The column that its lines must be to the right of.</param>
    /// <returns>False if the parser must read it.</returns>
    public static bool TryRead(ref EmittedCursor cursor, int parent)
    {
        if (!cursor.TryEnter())
        {
            return false;
        }

        var isMapping = cursor.Text[cursor.At] == '{';
        var end = (byte)(isMapping ? '}' : ']');
        cursor.Output.Append(cursor.Text[cursor.At++]);
        for (var isFirst = true; ; isFirst = false)
        {
            if (!TrySkip(ref cursor, parent))
            {
                return false;
            }

            if (cursor.Text[cursor.At] == end)
            {
                if (!isFirst)
                {
                    // A comma before the end is left to the parser.
                    return false;
                }

                break;
            }

            if (!TryEntry(ref cursor, parent, isMapping) || !TrySkip(ref cursor, parent))
            {
                return false;
            }

            if (cursor.Text[cursor.At] == end)
            {
                break;
            }

            if (cursor.Text[cursor.At] != ',')
            {
                return false;
            }

            cursor.Output.Append((byte)',');
            cursor.At++;
        }

        cursor.Output.Append(end);
        cursor.At++;
        cursor.Leave();
        return true;
    }

    private static bool TryEntry(ref EmittedCursor cursor, int parent, bool isMapping)
    {
        if (!isMapping)
        {
            return TryValue(ref cursor, parent);
        }

        var isKey = cursor.Text[cursor.At] is (byte)'"' or (byte)'\''
            ? EmittedQuoted.TryRead(ref cursor, parent: int.MaxValue)
            : TryPlain(ref cursor, isKey: true);
        if (!isKey || cursor.Text[cursor.At] != ':' || cursor.Text[cursor.At + 1] != ' ')
        {
            return false;
        }

        cursor.Output.Append((byte)':');
        cursor.At++;
        return TrySkip(ref cursor, parent) && TryValue(ref cursor, parent);
    }

    private static bool TryValue(ref EmittedCursor cursor, int parent) =>
        cursor.Text[cursor.At] switch
        {
            (byte)'"' or (byte)'\'' => EmittedQuoted.TryRead(ref cursor, parent),
            (byte)'{' or (byte)'[' => TryRead(ref cursor, parent),
            _ => TryPlain(ref cursor, isKey: false),
        };

    /// <summary>Reads a plain scalar of one line.</summary>
    private static bool TryPlain(ref EmittedCursor cursor, bool isKey)
    {
        var rest = cursor.Text[cursor.At..];
        var end = rest.IndexOfAny(s_ends);
        var colon = rest[..Math.Max(0, end)].IndexOf(": "u8);
        if (isKey ? colon <= 0 : colon >= 0)
        {
            return false;
        }

        var isEnded = isKey || (end > 0 && rest[end] is (byte)',' or (byte)']' or (byte)'}');
        var text = rest[..(isKey ? colon : Math.Max(0, end))].TrimEnd((byte)' ');
        if (!isEnded || text.IsEmpty || !EmittedScalar.IsPlainStart(rest) || text[^1] == ':')
        {
            return false;
        }

        if (isKey)
        {
            cursor.Output.Append((byte)'"');
            cursor.Write(text);
            cursor.Output.Append((byte)'"');
            cursor.At += colon;
            return text.Length == colon;
        }

        EmittedScalar.WritePlain(ref cursor, text);
        cursor.At += end;
        return true;
    }

    /// <summary>Steps over blanks and line ends.</summary>
    private static bool TrySkip(ref EmittedCursor cursor, int parent)
    {
        cursor.SkipBlanks();
        return cursor.Text[cursor.At] != '\n' || cursor.TryContinue(parent, out _);
    }
}
