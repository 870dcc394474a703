using System.Buffers;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Finds values that a text assigns to names: variables, settings, header fields, parameters, and "the password is
/// …".
/// </summary>
internal static class Assignments
{
    private const int LongestName = 64;
    private const int LongestValue = 2048;
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\"'`<>,;");
    private static readonly SearchValues<char> s_lineEnds = SearchValues.Create("\r\n");
    private static readonly string[] s_delimiters = ["%0A", "%0D", "%22", "%2C", "%20", "%26", "%27", "%3B"];
    private static readonly string[] s_schemes =
    [
        "Bearer ",
        "Basic ",
        "Token ",
        "ApiKey ",
        "Key ",
        "AWS4-HMAC-SHA256 ",
    ];

    /// <summary>Gets the words that identify the name of a secret.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "key",
        "token",
        "secret",
        "passw",
        "passphrase",
        "pwd",
        "pass=",
        "credential",
        "authorization",
        "cookie",
        "bearer ",
        "sessionid",
        "session_id",
        "sessid",
        "_pat=",
        "_pat\"",
        "sig=",
        "signature=",
        "contrase",
        .. Cookies.Known.Select(name => name + "="),
    ];

    /// <summary>Finds the secrets that are assigned at a word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The position of the word.</param>
    /// <param name="matches">Receives the secrets.</param>
    /// <returns>The position after the name, where the search continues.</returns>
    public static int Find(string text, int at, List<SecretMatch> matches)
    {
        var start = at;
        while (start > 0 && at - start < LongestName && IsNamePart(text[start - 1]))
        {
            start--;
        }

        var end = at;
        while (end < text.Length && end - at < LongestName && IsNamePart(text[end]))
        {
            end++;
        }

        var name = text.AsSpan(start, end - start).TrimEnd('.');
        end = start + name.Length;
        var isParameter = start > 0 && text[start - 1] is '?' or '&' && end < text.Length && text[end] == '=';
        var kind =
            name.StartsWith(Placeholder.Prefix, StringComparison.Ordinal) ? NameKind.Plain
            : isParameter && IsSignature(name) ? NameKind.Key
            : KindOf(text, start, name);
        var before = matches.Count;
        if (name.Equals("bearer", StringComparison.OrdinalIgnoreCase))
        {
            Credentials(text, start, matches);
        }
        else if (Cookies.IsKnown(name))
        {
            Cookies.FindField(text, start, isFirstOnly: true, matches);
        }
        else if (kind != NameKind.Plain && ValueStart(text, start, end, kind) is var value and > 0)
        {
            Value(text, name, kind, value, isParameter, matches);
        }

        if (matches.Count == before && kind is NameKind.Key or NameKind.Token or NameKind.Weak or NameKind.Password)
        {
            Mentions.Find(text, start, end, kind, matches);
        }

        var last = matches.Count > before ? matches[^1].End : 0;
        return Math.Max(Math.Max(end, at + 1), last);
    }

    private static void Value(
        string text,
        ReadOnlySpan<char> name,
        NameKind kind,
        int value,
        bool isParameter,
        List<SecretMatch> matches
    )
    {
        switch (kind)
        {
            case NameKind.Authorization:
                Credentials(text, value, matches);
                return;
            case NameKind.Cookie or NameKind.SetCookie:
                Cookies.FindField(text, value, kind == NameKind.SetCookie, matches);
                return;
        }

        // The scheme of a header can also occur in a variable.
        var begin = AfterScheme(text, value);
        var length = ValueLength(text, begin, isParameter);
        var rule =
            length == 0
            || AssignedValue.IsSessionOfBody(name, text.AsSpan(begin, length))
            || AssignedValue.IsPublic(name, text.AsSpan(begin, length))
                ? null
                : AssignedValue.RuleOf(kind, text.Substring(begin, length), isParameter);
        if (rule is not null)
        {
            matches.Add(
                new SecretMatch(
                    rule == NamedRules.Key && AssignedValue.IsKeyHeader(name) ? NamedRules.KeyHeader : rule,
                    begin,
                    length
                )
            );
        }
    }

    /// <summary>Finds the credentials in the value of an Authorization header field.</summary>
    public static void Credentials(string text, int at, List<SecretMatch> matches)
    {
        var begin = AfterScheme(text, at);
        var length = ValueLength(text, begin, isParameter: false);
        var value = text.Substring(begin, length);
        var isBasic = begin - at == 6 && text.AsSpan(at).StartsWith("Basic", StringComparison.OrdinalIgnoreCase);
        if (
            isBasic
                ? IsUserAndPassword(value)
                : !SecretValue.IsWords(value)
                    && !SecretValue.IsCode(value)
                    && !value.Contains("://", StringComparison.Ordinal)
                    && !PlaceholderWords.Are(value)
                    && (SecretValue.IsRandom(value, 16) || (value.Length >= 12 && SecretValue.IsPassword(value)))
        )
        {
            matches.Add(new SecretMatch(NamedRules.Authorization, begin, length));
        }
    }

    /// <summary>Returns whether a value is a user and a password in base64, as in Basic credentials.</summary>
    public static bool IsUserAndPassword(string value)
    {
        Span<byte> bytes = stackalloc byte[512];
        return value.Length is >= 8 and <= 600
            && Convert.TryFromBase64String(value, bytes, out var length)
            && bytes[..length].IndexOf((byte)':') >= 0;
    }

    /// <summary>Returns the kind of a name together with the preceding word: "API key" is two words.</summary>
    private static NameKind KindOf(string text, int start, ReadOnlySpan<char> name)
    {
        var kind = SecretName.KindOf(name);
        if (kind is not (NameKind.Weak or NameKind.Token) || start < 2 || text[start - 1] != ' ')
        {
            return kind;
        }

        var word = start - 1;
        while (word > 0 && start - word < 20 && char.IsAsciiLetter(text[word - 1]))
        {
            word--;
        }

        var both = SecretName.KindOf(text.AsSpan(word, start + name.Length - word));
        return both == NameKind.Plain ? kind : both;
    }

    /// <summary>
    /// Returns the start of a name's value, after the assignment and an opening quotation mark; 0 if there is none.
    /// </summary>
    private static int ValueStart(string text, int nameStart, int nameEnd, NameKind kind)
    {
        var at = Skip(text, nameEnd, "\"'\\]`*", 4);
        var spaced = Skip(text, at, " \t", 3);
        var next = spaced < text.Length ? text[spaced] : '\0';
        if (next is ':' or '=')
        {
            at = Skip(text, spaced, ":=>~", 3);
        }
        else if (next == '>' && nameStart > 0 && text[nameStart - 1] == '<')
        {
            at = spaced + 1;
        }
        else if (next is ',' or '|' or '→')
        {
            // In a list of names, another name follows; it is the value only in a table or without a space.
            at = spaced + 1;
            var value = Skip(text, at, " \t\r\n", 80);
            var isQuoted = value < text.Length && text[value] is '"' or '\'';
            if ((next == ',' ? value > at && !isQuoted : value == at) || IsArgument(text.AsSpan(value)))
            {
                return 0;
            }
        }
        else if (nameStart > 0 && spaced > at && text[nameEnd - 1] != '.' && text[nameStart] == '-')
        {
            at = spaced;
        }
        else if (
            kind is NameKind.Password or NameKind.Key or NameKind.Weak or NameKind.Token
            && AfterVerb(text, at) is var verb and > 0
        )
        {
            at = verb;
        }
        else
        {
            return 0;
        }

        // A long field can begin on the line after its name.
        var isField = kind is NameKind.Cookie or NameKind.SetCookie or NameKind.Authorization;
        at = isField ? Cookies.Unfold(text, at) : at;
        at = Skip(text, at, " \t", 8);
        return Skip(text, at, "\"'\\`*", 4);
    }

    /// <summary>Returns whether a name is a named argument after another argument.</summary>
    private static bool IsArgument(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < Math.Min(text.Length, LongestName) && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end > 0
            && end < text.Length
            && text[end] == '='
            && char.IsAsciiLetter(text[0])
            && !text[end..].StartsWith("==", StringComparison.Ordinal);
    }

    /// <summary>
    /// Returns the position after "is", "to" or a colon within the next few words; 0 if there is none.
    /// </summary>
    private static int AfterVerb(string text, int at)
    {
        var line = text.AsSpan(at, Math.Min(48, text.Length - at));
        var end = line.IndexOfAnyExcept(s_wordsAndSpaces);
        var words = end < 0 ? line : line[..end];
        foreach (var verb in (ReadOnlySpan<string>)[" is ", " was ", " are ", " to ", " be "])
        {
            if (words.IndexOf(verb, StringComparison.OrdinalIgnoreCase) is var found and >= 0)
            {
                return at + found + verb.Length;
            }
        }

        return end >= 0 && line[end] is ':' or '=' ? at + end + 1 : 0;
    }

    private static readonly SearchValues<char> s_wordsAndSpaces = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ "
    );

    private static int AfterScheme(string text, int at)
    {
        foreach (var scheme in s_schemes)
        {
            if (text.AsSpan(at).StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return Skip(text, at + scheme.Length, " ", 3);
            }
        }

        return at;
    }

    private static int ValueLength(string text, int begin, bool isParameter)
    {
        var rest = text.AsSpan(begin, Math.Min(LongestValue, text.Length - begin));
        var quote = begin > 0 && text[begin - 1] is '"' or '\'' or '`' ? text[begin - 1] : '\0';
        int end;
        if (quote != '\0')
        {
            end = rest.IndexOf(quote);
            var line = rest.IndexOfAny(s_lineEnds);
            end = line >= 0 && (end < 0 || line < end) ? line : end;
        }
        else
        {
            end = rest.IndexOfAny(s_ends);
        }

        var value = end < 0 ? rest : rest[..end];
        if (isParameter && value.IndexOfAny("&#)") is var stop and >= 0)
        {
            return stop;
        }

        if (begin > 0 && text[begin - 1] == '*' && value.IndexOf('*') is var star and >= 0)
        {
            // The value is in bold or italics.
            return star;
        }

        if (NextParameter(value) is var next and > 0)
        {
            value = value[..next];
        }

        if (value.IndexOf('\\') is var escape and >= 0)
        {
            value = value[..escape];
        }

        foreach (var delimiter in isParameter || !value.Contains('%') ? [] : s_delimiters)
        {
            value = value.IndexOf(delimiter, StringComparison.OrdinalIgnoreCase) is var found and >= 0
                ? value[..found]
                : value;
        }

        // The sentence continues after a value without quotation marks, or a bracket that was opened before it is
        // closed.
        return quote == '\0' ? value.TrimEnd(".:?)]}").Length : value.Length;
    }

    /// <summary>
    /// Returns where the next field of a form begins, as in "a=…&amp;b=…"; 0 if the value is not in a form.
    /// </summary>
    private static int NextParameter(ReadOnlySpan<char> value)
    {
        var at = value.IndexOf('&');
        var equals = at > 0 ? value[at..].IndexOf('=') : -1;
        return equals > 1 && value.Slice(at + 1, equals - 1).IndexOfAnyExcept(s_field) < 0 ? at : 0;
    }

    private static readonly SearchValues<char> s_field = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.[]"
    );

    private static bool IsSignature(ReadOnlySpan<char> name) =>
        name.Equals("sig", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("-signature", StringComparison.OrdinalIgnoreCase)
        || name.Equals("signature", StringComparison.OrdinalIgnoreCase);

    private static int Skip(string text, int at, string units, int most)
    {
        for (; most > 0 && at < text.Length && units.Contains(text[at], StringComparison.Ordinal); most--)
        {
            at++;
        }

        return at;
    }

    private static bool IsNamePart(char unit) => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '-' or '.';
}
