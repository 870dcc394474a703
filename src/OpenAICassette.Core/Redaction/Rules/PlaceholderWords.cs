using System.Buffers;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Recognizes what recorders, tests and templates write in the place of a secret.</summary>
internal static class PlaceholderWords
{
    private const int LongestWord = 14;
    private const int Shortest = 4;
    private const int Longest = 48;
    private static readonly SearchValues<char> s_name = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-. "
    );

    /// <summary>
    /// Returns whether credentials are only words, such as ACCESS_TOKEN or test-api-key. No service issues such
    /// credentials.
    /// </summary>
    public static bool Are(ReadOnlySpan<char> value)
    {
        if (value.Length is < Shortest or > Longest)
        {
            return false;
        }

        foreach (var part in value.SplitAny('_', '-', ' ', '.'))
        {
            var word = value[part];
            if (word.Length > LongestWord || !IsWord(word))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Returns whether a value refers to a variable or a setting: $NAME, %NAME%, [NAME], {name} or @name@.
    /// </summary>
    public static bool IsReference(ReadOnlySpan<char> value) =>
        value.Length > 2
        && (
            value[0] == '$' && IsName(value[1..]) && Are(value[1..])
            || (value[0] == '%' && value[^1] == '%' && IsName(value[1..^1]))
            || (value[0] == '[' && IsName(value[1..].TrimEnd(']')))
            || (value[0] == '{' && IsName(value[1..].TrimEnd('}')))
            || (value[0] == '@' && value[^1] == '@' && IsName(value[1..^1]))
        );

    private static bool IsName(ReadOnlySpan<char> value) =>
        value.Length is > 1 and <= Longest && !char.IsAsciiDigit(value[0]) && !value.ContainsAnyExcept(s_name);

    /// <summary>Returns whether letters are written as a word is: in one case, or with a capital first.</summary>
    private static bool IsWord(ReadOnlySpan<char> word)
    {
        var letters = word.TrimEnd("0123456789");
        return word.Length - letters.Length <= 2
            && !letters.ContainsAnyExcept(s_letters)
            && (letters.Length < 2 || !HasMixedCase(letters[1..]));
    }

    private static readonly SearchValues<char> s_letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private static bool HasMixedCase(ReadOnlySpan<char> letters) =>
        letters.ContainsAnyInRange('A', 'Z') && letters.ContainsAnyInRange('a', 'z');
}
