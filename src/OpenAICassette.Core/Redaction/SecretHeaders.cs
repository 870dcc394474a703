using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpenAICassette.Redaction;

/// <summary>HTTP header fields that carry credentials. Only the secret part goes: a scheme such as Bearer and the names of cookies stay.</summary>
internal static partial class SecretHeaders
{
    private static readonly FrozenDictionary<string, SecretRule> s_rules = new Dictionary<string, SecretRule>
    {
        ["authorization"] = new("authorization"),
        ["proxy-authorization"] = new("authorization"),
        ["x-api-key"] = new("api-key-header"),
        ["api-key"] = new("api-key-header"),
        ["x-goog-api-key"] = new("api-key-header"),
        ["ocp-apim-subscription-key"] = new("api-key-header"),
        ["x-auth-token"] = new("api-key-header"),
        ["x-amz-security-token"] = new("api-key-header"),
        ["cookie"] = new("cookie"),
        ["set-cookie"] = new("cookie"),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The credentials in the value of a member with a header field's name.</summary>
    public static void Find(string name, string text, List<SecretMatch> matches)
    {
        if (!s_rules.TryGetValue(name, out var rule))
        {
            return;
        }

        var isCookie = rule.Id == "cookie";
        var found = isCookie ? Cookie().Matches(text) : Credentials().Matches(text);
        foreach (Match match in found)
        {
            var secret = match.Groups["secret"];
            if (!Placeholders.IsPlaceholder(secret.ValueSpan))
            {
                matches.Add(new SecretMatch(rule, secret.Index, secret.Length));
            }

            // What follows the first pair of a Set-Cookie are its attributes.
            if (isCookie && name.StartsWith("set-", StringComparison.OrdinalIgnoreCase))
            {
                break;
            }
        }
    }

    [GeneratedRegex(@"^\s*(?:[A-Za-z][A-Za-z0-9-]*\s+)?(?<secret>\S.*?)\s*$", RegexOptions.Singleline)]
    private static partial Regex Credentials();

    [GeneratedRegex("(?:^|;)[^=;]*=(?<secret>[^;]+)")]
    private static partial Regex Cookie();
}
