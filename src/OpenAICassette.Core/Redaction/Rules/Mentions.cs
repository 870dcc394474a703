using System.Buffers;

namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Finds values that a sentence calls a key, token or password without an assignment: "with the token …", "… as the
/// key".
/// </summary>
internal static class Mentions
{
    private const int Longest = 400;
    private const int Near = 48;
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\"'`<>,;()[]{}");
    private static readonly string[] s_links = ["as", "is", "for"];
    private static readonly string[] s_hashes =
    [
        "hash",
        "sha",
        "commit",
        "digest",
        "checksum",
        "md5",
        "etag",
        "id",
        "uuid",
    ];

    /// <summary>Finds the value that a name in a sentence is about.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The start of the name.</param>
    /// <param name="end">The end of the name.</param>
    /// <param name="kind">What the name says.</param>
    /// <param name="matches">Receives the secret.</param>
    public static void Find(string text, int start, int end, NameKind kind, List<SecretMatch> matches)
    {
        if (end + 1 < text.Length && text[end] == ' ')
        {
            var value = Skip(text, end);
            var length = LengthAt(text, value);
            if (IsSecret(text.AsSpan(value, length), kind))
            {
                Add(value, length);
                return;
            }
        }

        if (start > 1 && text[start - 1] == ' ' && ValueBefore(text, start) is var (from, count) && count > 0)
        {
            Add(from, count);
        }

        void Add(int at, int length) =>
            matches.Add(new SecretMatch(kind == NameKind.Password ? NamedRules.Password : NamedRules.Key, at, length));
    }

    /// <summary>Returns the value in "VALUE as the key", with at most three words before the name.</summary>
    private static (int Start, int Length) ValueBefore(string text, int name)
    {
        var isLinked = false;
        var end = name - 1;
        for (var words = 0; words < 5 && end > 0 && name - end < Near; words++)
        {
            var start = end;
            while (start > 0 && end - start < Longest && !s_ends.Contains(text[start - 1]))
            {
                start--;
            }

            var word = text.AsSpan(start, end - start);
            if (isLinked && IsSecret(word, NameKind.Key))
            {
                return IsHash(text, start) ? default : (start, word.Length);
            }

            if (word.IsEmpty || word.Length > 20 || word.ContainsAnyExceptInRange('A', 'z') || start == 0)
            {
                return default;
            }

            if (
                Array.Exists(s_hashes, hash =>
                    text.AsSpan(start, end - start).Equals(hash, StringComparison.OrdinalIgnoreCase)
                )
            )
            {
                return default;
            }

            isLinked = Array.Exists(s_links, link => text.AsSpan(start, end - start).SequenceEqual(link));
            end = start - 1;
            while (end > 0 && text[end - 1] is '"' or '\'' or '`')
            {
                end--;
            }
        }

        return default;
    }

    /// <summary>Returns whether the word before a value says that it is a hash or an id.</summary>
    private static bool IsHash(string text, int value)
    {
        var before = text.AsSpan(0, value).TrimEnd(" \"'`:");
        var word = before[(before.LastIndexOfAny(' ', '\n', '(') + 1)..].ToString();
        return s_hashes.Contains(word, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Returns whether a value has many digits, or its kind of character changes at every second one: names in camel
    /// case with a number do neither.
    /// </summary>
    private static bool IsDense(string value)
    {
        int digits = 0,
            changes = 0;
        for (var i = 0; i < value.Length; i++)
        {
            digits += char.IsAsciiDigit(value[i]) ? 1 : 0;
            changes += i > 0 && KindOf(value[i]) != KindOf(value[i - 1]) ? 1 : 0;
        }

        return digits * 8 >= value.Length || changes * 2 >= value.Length;
    }

    private static int KindOf(char unit) =>
        char.IsAsciiDigit(unit) ? 0
        : char.IsAsciiLetterUpper(unit) ? 1
        : 2;

    private static bool IsSecret(ReadOnlySpan<char> word, NameKind kind)
    {
        if (word.Length is < 12 or > Longest)
        {
            return false;
        }

        var value = word.ToString();
        return !Guid.TryParse(value, out _)
            && !AssignedValue.IsId(value)
            && !SecretValue.IsCode(value)
            && !value.Contains("://", StringComparison.Ordinal)
            && !value.Contains('/', StringComparison.Ordinal)
            && IsDense(value)
            && SecretValue.IsRandom(value, kind == NameKind.Password ? 12 : 16);
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '"' or '\'' or '`' or '(')
        {
            at++;
        }

        return at;
    }

    private static int LengthAt(string text, int at)
    {
        var rest = text.AsSpan(at, Math.Min(Longest + 1, text.Length - at));
        var end = rest.IndexOfAny(s_ends);
        return (end < 0 ? rest : rest[..end]).TrimEnd(".:?!").Length;
    }
}
