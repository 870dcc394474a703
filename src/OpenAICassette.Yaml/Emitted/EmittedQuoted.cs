using System.Globalization;
using System.Text;

namespace OpenAICassette.Emitted;

/// <summary>Reads scalars in single and double quotes, over any number of lines.</summary>
internal static class EmittedQuoted
{
    /// <summary>Reads a scalar, and goes behind its closing quote.</summary>
    /// <param name="cursor">The place of the opening quote.</param>
    /// <param name="parent">The column that the lines of the scalar must be to the right of.</param>
    /// <returns>False if the parser must read it.</returns>
    public static bool TryRead(ref EmittedCursor cursor, int parent)
    {
        var quote = cursor.Text[cursor.At++];
        var stops = quote == '"' ? "\"\\\n"u8 : "'\n"u8;
        cursor.Output.Append((byte)'"');
        while (true)
        {
            var rest = cursor.Text[cursor.At..];
            var length = rest.IndexOfAny(stops);
            if (length < 0)
            {
                return false;
            }

            var part = rest[..length];
            cursor.At += length;
            if (rest[length] == '\n')
            {
                if (part.EndsWith((byte)'\t') || !TryFold(ref cursor, part.TrimEnd((byte)' '), parent))
                {
                    return false;
                }
            }
            else
            {
                cursor.Write(part);
                if (rest[length] == '\\')
                {
                    if (!TryEscape(ref cursor, parent))
                    {
                        return false;
                    }
                }
                else if (quote == '\'' && rest[length + 1] == '\'')
                {
                    cursor.Output.Append((byte)'\'');
                    cursor.At += 2;
                }
                else
                {
                    cursor.Output.Append((byte)'"');
                    cursor.At++;
                    return true;
                }
            }
        }
    }

    private static bool TryFold(ref EmittedCursor cursor, ReadOnlySpan<byte> part, int parent)
    {
        cursor.Write(part);
        if (!cursor.TryContinue(parent, out var blankLines))
        {
            return false;
        }

        cursor.WriteFold(blankLines);
        return true;
    }

    private static bool TryEscape(ref EmittedCursor cursor, int parent)
    {
        var code = cursor.Text[cursor.At + 1];
        if (code == '\n')
        {
            cursor.At++;
            return cursor.TryContinue(parent, out var blankLines) && blankLines == 0;
        }

        var written = code switch
        {
            (byte)'n' => "\\n"u8,
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'t' => "\\t"u8,
            (byte)'r' => "\\r"u8,
            (byte)' ' => " "u8,
            (byte)'0' => "\\u0000"u8,
            _ => default,
        };
        if (!written.IsEmpty)
        {
            cursor.Output.Append(written);
            cursor.At += 2;
            return true;
        }

        var digits = code switch
        {
            (byte)'x' => 2,
            (byte)'u' => 4,
            (byte)'U' => 8,
            _ => 0,
        };
        return digits > 0 && TryCode(ref cursor, digits);
    }

    private static bool TryCode(ref EmittedCursor cursor, int digits)
    {
        var rest = cursor.Text[(cursor.At + 2)..];
        if (
            rest.Length < digits
            || !int.TryParse(rest[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.TryCreate(code, out var rune)
        )
        {
            return false;
        }

        Span<byte> encoded = stackalloc byte[4];
        var length = rune.EncodeToUtf8(encoded);
        if (code < ' ')
        {
            YamlScalar.WriteEscape(cursor.Output, (char)code);
        }
        else
        {
            cursor.Write(encoded[..length]);
        }

        cursor.At += digits + 2;
        return true;
    }
}
