using System.Buffers;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Distinguishes random values from words, names and the examples of documentation.</summary>
internal static class SecretValue
{
    private static readonly SearchValues<char> s_name = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_."
    );
    private const string TestKey = "test_key";
    private static readonly string[] s_fillerBeginnings = ["your_", "your-", "my_secret", "dummy", "insert", "foobar"];

    /// <summary>Words hardly ever have so many consonants in a row; abbreviations such as HTTPS do.</summary>
    private const int ManyConsonants = 5;

    /// <summary>Joined words are hardly ever that long.</summary>
    private const int LongerThanWords = 32;

    private static readonly SearchValues<char> s_lowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> s_upperHex = SearchValues.Create("0123456789ABCDEF");
    private static readonly SearchValues<char> s_vowels = SearchValues.Create("aeiouyAEIOUY");
    private static readonly SearchValues<char> s_version = SearchValues.Create("0123456789.-v");
    private static readonly SearchValues<string> s_fillers = SearchValues.Create(
        [
            "example",
            "placeholder",
            "changeme",
            "change_me",
            "change-me",
            "replace",
            "yourkey",
            "yourapi",
            "…",
            "redacted",
            "<",
            ">",
            "${",
            "{{",
            "$(",
            "%(",
            "environ",
            "getenv",
            "process.env",
            "secrets.",
            "1234567890",
            "abcdefgh",
            "undefined",
            "vault:",
            "file://",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>Returns whether a key with a known form is random and not a placeholder.</summary>
    public static bool IsKey(string value) =>
        IsRandom(value, 16)
        || (
            value.Length >= 24
            && IsGenerated(value)
            && (ConsonantsInARow(value) > ManyConsonants || LongestWord(value).Length >= LongerThanWords)
        );

    /// <summary>Returns whether a value with an unmistakable form is not an example of documentation.</summary>
    public static bool IsNoFiller(string value) => !HasFiller(value) && Variety(value) >= 8;

    /// <summary>
    /// Returns whether a value after a prefix that only keys have was generated: it is no example of documentation, and
    /// has digits, letters of both cases, or letters that no word joins.
    /// </summary>
    public static bool IsGenerated(string value)
    {
        int digits = 0,
            upper = 0,
            lower = 0;
        foreach (var unit in value)
        {
            digits += char.IsAsciiDigit(unit) ? 1 : 0;
            upper += char.IsAsciiLetterUpper(unit) ? 1 : 0;
            lower += char.IsAsciiLetterLower(unit) ? 1 : 0;
        }

        return IsNoFiller(value)
            && (digits >= 2 || (upper >= 4 && lower >= 4) || ConsonantsInARow(value) >= ManyConsonants);
    }

    /// <summary>
    /// Returns whether a value looks generated: long, of letters and digits that do not read as words.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="least">The minimum number of characters.</param>
    public static bool IsRandom(string value, int least)
    {
        if (value.Length < least || HasFiller(value) || Variety(value) < 8)
        {
            return false;
        }

        int digits = 0,
            upper = 0,
            lower = 0,
            changes = 0,
            others = 0;
        var last = '\0';
        foreach (var unit in value)
        {
            var kind =
                char.IsAsciiDigit(unit) ? '0'
                : char.IsAsciiLetterUpper(unit) ? 'A'
                : char.IsAsciiLetterLower(unit) ? 'a'
                : '-';
            digits += kind == '0' ? 1 : 0;
            upper += kind == 'A' ? 1 : 0;
            lower += kind == 'a' ? 1 : 0;
            others += unit > '~' || unit <= ' ' ? 1 : 0;
            changes += last != '\0' && kind != last && kind != '-' && last != '-' ? 1 : 0;
            last = kind;
        }

        // Words change the kind of character only at their borders; random text does so every two or three characters,
        // but for hexadecimal digits, of which most are of one kind.
        var word = LongestWord(value);
        return others == 0
            && upper + lower >= 3
            && (digits >= 2 || (upper >= 4 && lower >= 4))
            && (changes * 7 >= value.Length || IsHexadecimal(word) || EndsInGuid(value))
            && word.Length >= 5;
    }

    /// <summary>
    /// Returns whether a value looks like a chosen password: at least eight characters of several kinds, and not a
    /// placeholder.
    /// </summary>
    public static bool IsPassword(string value)
    {
        if (
            value.Length is < 8 or > 200
            || HasFiller(value)
            || Variety(value) < 6
            || (value[0] == '(' && value.AsSpan(1).IndexOfAnyExcept(s_name) < 0)
        )
        {
            return false;
        }

        bool digit = false,
            upper = false,
            lower = false,
            other = false;
        foreach (var unit in value)
        {
            if (unit is <= ' ' or > '~')
            {
                return false;
            }

            digit |= char.IsAsciiDigit(unit);
            upper |= char.IsAsciiLetterUpper(unit);
            lower |= char.IsAsciiLetterLower(unit);
            other |= !char.IsAsciiLetterOrDigit(unit) && unit is not ('-' or '_' or '.' or '/');
        }

        var kinds = (digit ? 1 : 0) + (upper ? 1 : 0) + (lower ? 1 : 0) + (other ? 1 : 0);
        return (upper || lower)
            && (kinds >= 3 || (kinds == 2 && digit && value.Length >= 12))
            && !IsCode(value)
            && !IsVersion(value);
    }

    /// <summary>
    /// Returns the entropy of a text by the frequency of its characters (Shannon), in bits per character.
    /// </summary>
    public static double Entropy(string value) =>
        value
            .CountBy(unit => unit)
            .Sum(unit => -(double)unit.Value / value.Length * Math.Log2((double)unit.Value / value.Length));

    /// <summary>Returns whether a text stands for a secret, or has replaced one.</summary>
    public static bool HasFiller(string value) =>
        value.AsSpan().IndexOfAny(s_fillers) >= 0
        || HasMask(value)
        || HasFillerWord(value)
        || PlaceholderWords.IsReference(value);

    /// <summary>Returns whether a value has a filler that long keys also have, but within a word.</summary>
    private static bool HasFillerWord(string value)
    {
        return Array.Exists(s_fillerBeginnings, filler => IndexOf(filler) is var at and >= 0 && IsBorder(at - 1))
            || (IndexOf(TestKey) is var testKey and >= 0 && IsBorder(testKey + TestKey.Length));

        int IndexOf(string filler) => value.IndexOf(filler, StringComparison.OrdinalIgnoreCase);

        bool IsBorder(int at) => at < 0 || at >= value.Length || !char.IsAsciiLetterOrDigit(value[at]);
    }

    /// <summary>
    /// Returns true for a value with a run of the letter x, of dots or of stars that is long, or long enough for a
    /// short value: keys have short ones by chance.
    /// </summary>
    private static bool HasMask(string value)
    {
        const int longKey = 64;
        int letters = 0,
            longest = 0,
            signs = 0,
            run = 0,
            all = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var isLetter = value[i] is 'x' or 'X';
            var isSame = i > 0 && (value[i] == value[i - 1] || (isLetter && value[i - 1] is 'x' or 'X'));
            run = isLetter || value[i] is '.' or '*' ? (isSame ? run + 1 : 1) : 0;
            (letters, signs) = isLetter ? (Math.Max(letters, run), signs) : (letters, Math.Max(signs, run));
            longest = Math.Max(longest, run);
            all += isLetter ? 1 : 0;
        }

        return longest >= 8 || (letters >= 4 && all * 4 >= value.Length) || (signs >= 4 && value.Length <= longKey);
    }

    /// <summary>Returns whether a value is code: a name before a bracket, or names joined by dots.</summary>
    public static bool IsCode(string value)
    {
        var end = value.AsSpan().IndexOfAnyExcept(s_name);
        var name = end < 0 ? value : value.AsSpan(0, end);
        return name.Length >= 3
                && (name.IndexOfAnyInRange('0', '9') < 0 || name.Contains('.'))
                && end > 0
                && value[end] is '(' or '['
            || (
                end < 0
                && value.Contains('.', StringComparison.Ordinal)
                && value.Split('.').All(part => part.Length > 0 && !char.IsAsciiDigit(part[0]))
                && value.Count(char.IsAsciiDigit) * 8 < value.Length
                && !value.Split('.').Any(part => IsRandom(part, 20) && IsDense(part))
            );
    }

    /// <summary>
    /// Returns whether letters change their case as rarely as joined words do; random text has digits, or changes at
    /// every second letter.
    /// </summary>
    public static bool IsWords(string value)
    {
        var changes = 0;
        for (var i = 1; i < value.Length; i++)
        {
            changes += char.IsAsciiLetterUpper(value[i]) != char.IsAsciiLetterUpper(value[i - 1]) ? 1 : 0;
        }

        return !value.Any(char.IsAsciiDigit) && changes * 5 < value.Length * 2 && !HasMixedConsonants(value);
    }

    /// <summary>
    /// Returns whether a value has many digits, changes its kind of character at every second one, or has letters that
    /// no word joins: names in camel case with a number do none of it.
    /// </summary>
    public static bool IsDense(string value)
    {
        var digits = value.Count(char.IsAsciiDigit);
        return digits * 8 >= value.Length
            || Changes(value) * 2 >= value.Length
            || ConsonantsInARow(value) >= ManyConsonants;
    }

    /// <summary>
    /// Returns whether a value has many consonants in a row that change their case again and again, which joined words
    /// and abbreviations do not.
    /// </summary>
    private static bool HasMixedConsonants(string value)
    {
        const int changing = 3;
        var (run, changes) = (0, 0);
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsAsciiLetter(value[i]) || s_vowels.Contains(value[i]))
            {
                (run, changes) = (0, 0);
                continue;
            }

            changes += run > 0 && char.IsAsciiLetterUpper(value[i]) != char.IsAsciiLetterUpper(value[i - 1]) ? 1 : 0;
            run++;
            if (run >= ManyConsonants && changes >= changing)
            {
                return true;
            }
        }

        return false;
    }

    private static int ConsonantsInARow(string value)
    {
        int run = 0,
            longest = 0;
        foreach (var unit in value)
        {
            run = char.IsAsciiLetter(unit) && !s_vowels.Contains(unit) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>Returns how often the next character is of another kind: digit, capital, or anything else.</summary>
    public static int Changes(string value)
    {
        var changes = 0;
        for (var i = 1; i < value.Length; i++)
        {
            changes += KindAt(value[i]) != KindAt(value[i - 1]) ? 1 : 0;
        }

        return changes;
    }

    private static int KindAt(char unit) =>
        char.IsAsciiDigit(unit) ? 0
        : char.IsAsciiLetterUpper(unit) ? 1
        : 2;

    private static bool IsVersion(string value) => value.AsSpan().IndexOfAnyExcept(s_version) < 0;

    private static int Variety(string value)
    {
        UInt128 seen = 0;
        foreach (var unit in value)
        {
            seen |= UInt128.One << (unit & 127);
        }

        return (int)UInt128.PopCount(seen);
    }

    private static ReadOnlySpan<char> LongestWord(string value)
    {
        int longest = 0,
            length = 0,
            end = 0;
        for (var i = 0; i < value.Length; i++)
        {
            length = char.IsAsciiLetterOrDigit(value[i]) ? length + 1 : 0;
            (longest, end) = length > longest ? (length, i + 1) : (longest, end);
        }

        return value.AsSpan(end - longest, longest);
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> word) =>
        word.Length >= 20 && (!word.ContainsAnyExcept(s_lowerHex) || !word.ContainsAnyExcept(s_upperHex));

    private static bool EndsInGuid(string value) =>
        value.Length >= 36 && Guid.TryParseExact(value.AsSpan(value.Length - 36), "D", out _);
}
