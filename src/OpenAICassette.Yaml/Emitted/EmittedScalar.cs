using System.Buffers;
using System.Text;

namespace OpenAICassette.Emitted;

/// <summary>Reads the value that begins in a line: a scalar of any style, or a flow collection.</summary>
internal static class EmittedScalar
{
    private static readonly SearchValues<byte> s_indicators = SearchValues.Create(",[]{}#&*!|>'\"%@`?:\t"u8);

    /// <summary>Reads the value to the end of its last line.</summary>
    /// <param name="cursor">The place; afterwards the next line that has content.</param>
    /// <param name="parent">The column of the collection around it.</param>
    /// <returns>False if the parser must read it.</returns>
    public static bool TryRead(ref EmittedCursor cursor, int parent)
    {
        switch (cursor.Text[cursor.At])
        {
            case (byte)'|' or (byte)'>':
                return EmittedLiteral.TryRead(ref cursor, parent, isBinary: false);
            case (byte)'"' or (byte)'\'':
                return EmittedQuoted.TryRead(ref cursor, parent) && cursor.TryEndLine();
            case (byte)'{' or (byte)'[':
                return EmittedFlow.TryRead(ref cursor, parent) && cursor.TryEndLine();
            case (byte)'!':
                return TryBinary(ref cursor, parent);
            default:
                return IsPlainStart(cursor.Text[cursor.At..]) && TryPlain(ref cursor, parent);
        }
    }

    /// <summary>Returns whether a plain scalar begins; what needs a closer look is left to the parser.</summary>
    public static bool IsPlainStart(ReadOnlySpan<byte> text) =>
        text[0] == '-' ? char.IsAsciiLetterOrDigit((char)text[1]) : !s_indicators.Contains(text[0]);

    /// <summary>Writes a plain scalar of one line: a number, a word with a meaning, or a text.</summary>
    public static void WritePlain(ref EmittedCursor cursor, scoped ReadOnlySpan<byte> text)
    {
        // The core schema's words begin with these; all else is text.
        if (text[0] is <= (byte)'9' or (byte)'~' || "ntfNTF"u8.IndexOf(text[0]) >= 0)
        {
            YamlScalar.WritePlain(cursor.Output, Encoding.UTF8.GetString(text));
            return;
        }

        cursor.Output.Append((byte)'"');
        cursor.Write(text);
        cursor.Output.Append((byte)'"');
    }

    private static bool TryBinary(ref EmittedCursor cursor, int parent)
    {
        var rest = cursor.Text[cursor.At..];
        var length =
            rest.StartsWith("!!binary |"u8) ? 9
            : rest.StartsWith("!binary |"u8) ? 8
            : 0;
        cursor.At += length;
        return length > 0 && EmittedLiteral.TryRead(ref cursor, parent, isBinary: true);
    }

    private static bool TryPlain(ref EmittedCursor cursor, int parent)
    {
        var first = TakeLine(ref cursor);
        if (first.IsEmpty)
        {
            return false;
        }

        if (!Goes(cursor, parent))
        {
            WritePlain(ref cursor, first);
            cursor.At++;
            cursor.NextLine();
            return true;
        }

        cursor.Output.Append((byte)'"');
        cursor.Write(first);
        while (Goes(cursor, parent))
        {
            cursor.TryContinue(parent, out var blankLines);
            var line = cursor.Text[cursor.At] is (byte)'-' or (byte)'?' or (byte)'#' ? default : TakeLine(ref cursor);
            if (line.IsEmpty)
            {
                return false;
            }

            cursor.WriteFold(blankLines);
            cursor.Write(line);
        }

        cursor.Output.Append((byte)'"');
        cursor.At++;
        cursor.NextLine();
        return true;
    }

    /// <summary>Returns whether the scalar goes on after this line.</summary>
    private static bool Goes(EmittedCursor cursor, int parent) => cursor.TryContinue(parent, out _);

    /// <summary>
    /// Takes the rest of a line; nothing if it is more than a plain scalar: a key, or with a comment behind it.
    /// </summary>
    private static ReadOnlySpan<byte> TakeLine(ref EmittedCursor cursor)
    {
        var line = cursor.Text[cursor.At..];
        line = line[..line.IndexOf((byte)'\n')];
        cursor.At += line.Length;
        var isOther =
            line.IndexOf(": "u8) >= 0 || line.IndexOf(" #"u8) >= 0 || line[^1] == ':' || line.IndexOf((byte)'\t') >= 0;
        return isOther ? default : line.TrimEnd((byte)' ');
    }
}
