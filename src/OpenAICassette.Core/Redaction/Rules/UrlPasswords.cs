using System.Buffers;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Finds passwords in URLs (RFC 3986, section 3.2.1) and in arguments of clients.</summary>
internal static class UrlPasswords
{
    private const int Longest = 600;
    private static readonly SearchValues<char> s_option = SearchValues.Create("-user= \"'");
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\"'`<>\\");

    /// <summary>Finds the password of a URL whose "://" is at a position.</summary>
    public static void Find(string text, int at, List<SecretMatch> matches)
    {
        var start = at + 3;
        var rest = text.AsSpan(start, Math.Min(Longest, text.Length - start));
        var end = rest.IndexOfAny(s_ends);
        var authority = end < 0 ? rest : rest[..end];

        // A password may contain an unescaped slash; a path never has an @ before the host ends.
        var slash = authority.IndexOfAny('/', '?');
        var host = authority[..(slash < 0 ? authority.Length : slash)].LastIndexOf('@');
        if (host <= 0)
        {
            return;
        }

        var colon = authority[..host].IndexOf(':');
        if (colon >= 0 && AssignedValue.IsUrlPassword(authority[(colon + 1)..host].ToString()))
        {
            matches.Add(new SecretMatch(NamedRules.UrlPassword, start + colon + 1, host - colon - 1));
        }
    }

    /// <summary>Finds the password after curl's -u or --user.</summary>
    public static void FindOption(string text, int at, List<SecretMatch> matches)
    {
        var start = text.AsSpan(at).IndexOfAnyExcept(s_option) is var skipped and >= 0 ? at + skipped : text.Length;
        var rest = text.AsSpan(start, Math.Min(Longest, text.Length - start));
        var end = rest.IndexOfAny(s_ends);
        var pair = end < 0 ? rest : rest[..end];
        var colon = pair.IndexOf(':');
        if (colon > 0 && SecretValue.IsPassword(pair[(colon + 1)..].ToString()))
        {
            matches.Add(new SecretMatch(NamedRules.Password, start + colon + 1, pair.Length - colon - 1));
        }
    }
}
