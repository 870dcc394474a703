namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Recognizes that a match lies within encoded data. Long base64 contains the short prefixes of keys by chance, and to
/// replace a part of it would damage an image or a sound.
/// </summary>
internal static class Base64Run
{
    /// <summary>
    /// How much encoded data around a match makes it a part of the data; lines of base64 have 60 to 76.
    /// </summary>
    private const int Enough = 32;

    /// <summary>The same for base64url, whose characters also join words.</summary>
    private const int EnoughOfUrl = 160;

    /// <summary>Returns whether a match is a part of a longer run of base64 or base64url characters.</summary>
    public static bool Contains(string text, int start, int length)
    {
        var before = start > 0 ? text[start - 1] : '\0';
        var after = start + length < text.Length ? text[start + length] : '\0';
        return (before is '+' or '/' || after is '+' or '/') && IsWithin(text, start, length, '+', '/', Enough)
            || (before is '-' or '_' || after is '-' or '_') && IsWithin(text, start, length, '-', '_', EnoughOfUrl);
    }

    private static bool IsWithin(string text, int start, int length, char first, char second, int enough)
    {
        var (from, to) = (start, start + length);
        while (from > 0 && start - from < enough && IsPart(text[from - 1], first, second))
        {
            from--;
        }

        while (to < text.Length && to - start - length < enough && IsPart(text[to], first, second))
        {
            to++;
        }

        return to - from - length >= enough
            && (IsMixed(text.AsSpan(from, start - from)) || IsMixed(text.AsSpan(start + length, to - start - length)));
    }

    /// <summary>
    /// Returns whether a text has digits and letters of both cases, as encoded data has and paths rarely do.
    /// </summary>
    private static bool IsMixed(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('0', '9') && text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('a', 'z');

    private static bool IsPart(char unit, char first, char second) =>
        char.IsAsciiLetterOrDigit(unit) || unit == first || unit == second;
}
