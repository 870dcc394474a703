using System.Globalization;
using System.Text;

namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>
/// Represents the decimals in a text: an optional minus, digits, a point and four digits or more, in whatever script.
/// As a regular expression this takes quadratic time on digits that no point follows.
/// </summary>
internal static class DecimalLiterals
{
    private const int LeastPlaces = 4;

    /// <summary>Returns the text with five places in every decimal.</summary>
    public static string Round(string text)
    {
        StringBuilder? output = null;
        var kept = 0;
        for (var start = Next(text, 0); start < text.Length; start = Next(text, start))
        {
            var point = EndOfDigits(text, start);
            var end = point < text.Length && text[point] == '.' ? EndOfDigits(text, point + 1) : point;
            if (end - point <= LeastPlaces)
            {
                // The digits behind the point may be those before another one.
                start = point;
                continue;
            }

            var first = start > kept && text[start - 1] == '-' ? start - 1 : start;
            output ??= new StringBuilder(text.Length);
            output.Append(text, kept, first - kept).Append(Rounded(text.AsSpan(first, end - first)));
            kept = start = end;
        }

        return output is null ? text : output.Append(text, kept, text.Length - kept).ToString();
    }

    private static int Next(string text, int at)
    {
        while (at < text.Length && !char.IsDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int EndOfDigits(string text, int at)
    {
        while (at < text.Length && char.IsDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Returns the decimal with exactly five places, correctly rounded.</summary>
    private static string Rounded(ReadOnlySpan<char> literal)
    {
        var ascii = new StringBuilder(literal.Length);
        foreach (var unit in literal)
        {
            ascii.Append(char.IsDigit(unit) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(unit)) : unit);
        }

        var number = double.Parse(ascii.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
        return number.ToString("F5", CultureInfo.InvariantCulture);
    }
}
