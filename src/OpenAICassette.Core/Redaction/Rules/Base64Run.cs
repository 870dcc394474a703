namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Recognizes that a match lies within encoded data. Long base64 contains the short prefixes of keys by chance, and to
/// replace a part of it would damage an image or a sound.
/// </summary>
internal static class Base64Run
{
    /// <summary>How much encoded data around a match makes it a part of the data.</summary>
    private const int Longest = 160;

    /// <summary>Returns whether a match is a part of a longer run of base64 or base64url characters.</summary>
    public static bool Contains(string text, int start, int length)
    {
        var before = start > 0 ? text[start - 1] : '\0';
        var after = start + length < text.Length ? text[start + length] : '\0';
        return (before is '+' or '/' || after is '+' or '/') && Around(text, start, length, '+', '/') >= Longest
            || (before is '-' or '_' || after is '-' or '_') && Around(text, start, length, '-', '_') >= Longest;
    }

    private static int Around(string text, int start, int length, char first, char second)
    {
        var count = 0;
        for (var at = start - 1; at >= 0 && count < Longest && IsPart(text[at], first, second); at--)
        {
            count++;
        }

        for (var at = start + length; at < text.Length && count < Longest && IsPart(text[at], first, second); at++)
        {
            count++;
        }

        return count;
    }

    private static bool IsPart(char unit, char first, char second) =>
        char.IsAsciiLetterOrDigit(unit) || unit == first || unit == second;
}
