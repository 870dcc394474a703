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
    private static readonly string[] s_verbs = ["is", "was", "are"];
    private static readonly string[] s_credentials =
    [
        "api key",
        "api token",
        "access key",
        "access token",
        "auth token",
        "secret key",
        "secret",
        "credentials",
        "password",
    ];
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
        var value = end + 1 < text.Length && text[end] == ' ' ? ValueAfter(text, end, kind) : default;
        if (value.Length == 0 && start > 1 && text[start - 1] == ' ')
        {
            value = ValueBefore(text, start, kind);
        }

        if (
            value.Length > 0
            && (IsCredential(text, end) || !Guid.TryParseExact(text.AsSpan(value.Start, value.Length), "D", out _))
        )
        {
            var rule = kind == NameKind.Password ? NamedRules.Password : NamedRules.Key;
            matches.Add(new SecretMatch(rule, value.Start, value.Length));
        }
    }

    /// <summary>
    /// Returns whether a name is that of a credential, for which a GUID is a value like any other. A key or token alone
    /// can also be the id of an object.
    /// </summary>
    private static bool IsCredential(string text, int end)
    {
        var name = text.AsSpan(0, end);
        foreach (var credential in s_credentials)
        {
            if (name.EndsWith(credential, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Returns the value in "key VALUE" or "key for Acme is VALUE", with at most three words between the two.
    /// </summary>
    private static (int Start, int Length) ValueAfter(string text, int name, NameKind kind)
    {
        var isLinked = true;
        var at = name;
        for (var words = 0; words < 5 && at - name < Near; words++)
        {
            var start = Skip(text, at);
            var length = LengthAt(text, start);
            if (isLinked && IsSecret(text.AsSpan(start, length), kind))
            {
                return (start, length);
            }

            at = start + length;
            if (
                length is 0 or > 20
                || at >= text.Length
                || text[at] != ' '
                || text.AsSpan(start, length).ContainsAnyExceptInRange('A', 'z')
            )
            {
                return default;
            }

            isLinked = s_verbs.Contains(text.Substring(start, length), StringComparer.OrdinalIgnoreCase);
        }

        return default;
    }

    /// <summary>Returns the value in "VALUE as the key", with at most three words before the name.</summary>
    private static (int Start, int Length) ValueBefore(string text, int name, NameKind kind)
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
            if (isLinked && IsSecret(word, kind))
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

    private static bool IsSecret(ReadOnlySpan<char> word, NameKind kind)
    {
        if (word.Length is < 12 or > Longest)
        {
            return false;
        }

        var value = word.ToString();
        return !AssignedValue.IsId(value)
            && !SecretValue.IsCode(value)
            && !value.Contains("://", StringComparison.Ordinal)
            && (!value.Contains('/', StringComparison.Ordinal) || IsBase64(value))
            && SecretValue.IsDense(value)
            && SecretValue.IsRandom(value, kind == NameKind.Password ? 12 : 16);
    }

    /// <summary>Returns whether a value with a slash is no path: its kind of character changes too often.</summary>
    private static bool IsBase64(string value) => value.Length >= 32 && SecretValue.Changes(value) * 2 >= value.Length;

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
