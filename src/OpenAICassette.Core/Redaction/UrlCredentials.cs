using System.Text.RegularExpressions;

namespace OpenAICassette.Redaction;

/// <summary>Credentials in URLs: the password before the host, and the values of parameters whose name says that they are secret.</summary>
internal static partial class UrlCredentials
{
    private static readonly SecretRule s_password = new("url-password");
    private static readonly SecretRule s_parameter = new("url-credential");

    /// <summary>The credentials in a text.</summary>
    public static void Find(string text, List<SecretMatch> matches)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return;
        }

        foreach (Match match in UserInfo().Matches(text))
        {
            Add(s_password, match.Groups["secret"], matches);
        }

        foreach (Match match in Parameter().Matches(text))
        {
            Add(s_parameter, match.Groups["secret"], matches);
        }
    }

    private static void Add(SecretRule rule, Group secret, List<SecretMatch> matches)
    {
        if (!Placeholders.IsPlaceholder(secret.ValueSpan))
        {
            matches.Add(new SecretMatch(rule, secret.Index, secret.Length));
        }
    }

    [GeneratedRegex(@"://[^\s/?#:@""'<>]*:(?<secret>[^\s/?#@""'<>]+)@")]
    private static partial Regex UserInfo();

    // A bare "key=" is taken only for a value as long as real keys are: many public links have short ones.
    [GeneratedRegex(
        @"[?&](?:(?:api[-_]?key|access[-_]?token|auth[-_]?token|client[-_]?secret|subscription[-_]?key)=(?<secret>[^\s&#""'<>\\]+)|key=(?<secret>[A-Za-z0-9_.-]{30,}))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
