using System.Globalization;

namespace OpenAICassette.Text;

/// <summary>Numbers as Python's json module writes them: the text that recorders hash and write.</summary>
internal static class PythonNumber
{
    /// <summary>Returns whether it is a number that Python reads as a float: one with a point or an exponent.</summary>
    public static bool IsFloat(ReadOnlySpan<byte> token) => token.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0;

    /// <summary>Writes a number token as Python would after reading it; whole numbers may have any size.</summary>
    public static void Write(ByteBuilder output, ReadOnlySpan<byte> token)
    {
        if (IsFloat(token))
        {
            Write(output, Parse(token));
        }
        else
        {
            output.Append(token.SequenceEqual("-0"u8) ? "0"u8 : token);
        }
    }

    /// <summary>Returns the value of a float token; too large a one is infinite, as in Python.</summary>
    public static double Parse(ReadOnlySpan<byte> token) =>
        double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>
    /// Returns a float rounded to five decimals as Python's <c>round</c> does it, which <see cref="Math.Round(double,
    /// int)"/> does not.
    /// </summary>
    public static double Round(double value) =>
        double.IsFinite(value)
            ? double.Parse(
                value.ToString("F5", CultureInfo.InvariantCulture),
                NumberStyles.Float,
                CultureInfo.InvariantCulture
            )
            : value;

    /// <summary>
    /// Writes a float as Python's <c>repr</c>: the shortest digits that read back the same, fixed from 1e-4 up to 1e16,
    /// else with an exponent of a sign and at least two digits.
    /// </summary>
    public static void Write(ByteBuilder output, double value)
    {
        if (!double.IsFinite(value))
        {
            output.Append(
                double.IsNaN(value) ? "NaN"u8
                : value > 0 ? "Infinity"u8
                : "-Infinity"u8
            );
            return;
        }

        Span<byte> shortest = stackalloc byte[32];
        value.TryFormat(shortest, out var written, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[20];
        var (count, point) = Digits(shortest[..written], digits);
        if (double.IsNegative(value))
        {
            output.Append("-"u8);
        }

        WriteDigits(output, digits[..count], point);
    }

    /// <summary>Takes a formatted number apart into its digits and the place of the point among them.</summary>
    private static (int Count, int Point) Digits(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var mark = text.IndexOf((byte)'E');
        var exponent =
            mark < 0 ? 0 : int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = (mark < 0 ? text : text[..mark]).TrimStart((byte)'-');
        var whole = mantissa.IndexOf((byte)'.');
        var point = whole < 0 ? mantissa.Length : whole;
        var count = 0;
        foreach (var digit in mantissa)
        {
            if (digit == '.')
            {
                continue;
            }

            if (count == 0 && digit == '0')
            {
                point--;
                continue;
            }

            digits[count++] = digit;
        }

        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        if (count == 0)
        {
            digits[count++] = (byte)'0';
            return (count, 1);
        }

        return (count, point + exponent);
    }

    private static void WriteDigits(ByteBuilder output, ReadOnlySpan<byte> digits, int point)
    {
        if (point is > -4 and <= 16)
        {
            if (point <= 0)
            {
                output.Append("0."u8);
                Zeros(output, -point);
                output.Append(digits);
                return;
            }

            output.Append(digits[..Math.Min(point, digits.Length)]);
            Zeros(output, point - digits.Length);
            output.Append("."u8);
            output.Append(point < digits.Length ? digits[point..] : "0"u8);
            return;
        }

        output.Append(digits[..1]);
        if (digits.Length > 1)
        {
            output.Append("."u8);
            output.Append(digits[1..]);
        }

        var exponent = point - 1;
        output.Append(exponent < 0 ? "e-"u8 : "e+"u8);
        Span<byte> text = stackalloc byte[8];
        Math.Abs(exponent).TryFormat(text, out var length, "00", CultureInfo.InvariantCulture);
        output.Append(text[..length]);
    }

    private static void Zeros(ByteBuilder output, int count)
    {
        for (; count > 0; count--)
        {
            output.Append("0"u8);
        }
    }
}
