using System.Buffers;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Returns whether a value is what its name says.</summary>
internal static class AssignedValue
{
    private static readonly SearchValues<char> s_masks = SearchValues.Create("*xX.");
    private static readonly SearchValues<char> s_symbols = SearchValues.Create("!@#$%^&*+?~|");

    // Ids that link objects; without them, a cassette no longer replays.
    private static readonly string[] s_ids =
    [
        "call_",
        "chatcmpl-",
        "cmpl-",
        "resp_",
        "msg_",
        "rs_",
        "fc_",
        "file-",
        "file_",
        "asst_",
        "thread_",
        "run_",
        "step_",
        "vs_",
        "batch_",
        "toolu_",
        "tok_",
        "req_",
        "ft:",
        "ftjob-",
        "modr-",
        "fp_",
        "rec-",
        "toolcall-",
        "gen-",
        "conv_",
        "item_",
        "sha1-",
        "sha256",
        "sha384-",
        "sha512-",
        "sha1:",
        "md5:",
        "pk_",
        "pk-",
        "org-",
        "proj_",
        "http",
        "W/",
        "gAAAAA",
        "phc_",
        "arn:",
        "data:",
    ];

    private static readonly string[] s_keyHeaders =
    [
        "x-api-key",
        "api-key",
        "x-goog-api-key",
        "ocp-apim-subscription-key",
        "x-auth-token",
        "x-amz-security-token",
        "x-functions-key",
        "x-subscription-token",
        "private-token",
        "x-vault-token",
        "x-access-token",
    ];

    private static readonly string[] s_commonPasswords =
    [
        "password",
        "passwd",
        "pass",
        "secret",
        "postgres",
        "root",
        "admin",
        "guest",
        "user",
        "username",
        "token",
        "test",
        "mysql",
        "pw",
        "pwd",
    ];

    /// <summary>Returns whether the whole value of a header field is a key.</summary>
    public static bool IsKeyHeader(ReadOnlySpan<char> name)
    {
        foreach (var header in s_keyHeaders)
        {
            if (name.Equals(header, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Returns whether a value is the id of a session in the body of a message: a UUID that links objects. As a cookie,
    /// the same value is a credential.
    /// </summary>
    public static bool IsSessionOfBody(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        Guid.TryParse(value, out _)
        && (
            name.Equals("session_id", StringComparison.OrdinalIgnoreCase)
            || name.Equals("sessionId", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Returns whether a key is public, as the keys with which pages report to Datadog are.</summary>
    public static bool IsPublic(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        name.Equals("dd-api-key", StringComparison.OrdinalIgnoreCase)
        && value.StartsWith("pub", StringComparison.Ordinal);

    /// <summary>Returns the rule for this kind of name, or null if the value is not a secret.</summary>
    /// <param name="kind">What the name says.</param>
    /// <param name="value">The value.</param>
    /// <param name="isParameter">True for the parameter of a URL.</param>
    public static SecretRule? RuleOf(NameKind kind, string value, bool isParameter = false)
    {
        if (
            value.Length is < 6
            || (kind is NameKind.Weak or NameKind.Password && value.Length > 200)
            || IsId(value)
            || IsPathOfIds(value)
            || value.Contains("://", StringComparison.Ordinal)
            || (kind != NameKind.Password && (SecretValue.IsWords(value) || SecretValue.IsCode(value)))
        )
        {
            return null;
        }

        var isSecret = kind switch
        {
            NameKind.Password => SecretValue.IsPassword(value),
            NameKind.Key => SecretValue.IsRandom(value, 12)
                || IsLongNumber(value)
                || (value.Length >= 12 && SecretValue.IsPassword(value) && HasSymbol(value)),
            NameKind.Token => SecretValue.IsRandom(value, 20),
            NameKind.Session => SecretValue.IsRandom(value, 16),
            NameKind.Weak => SecretValue.IsRandom(value, 30) && !Guid.TryParse(value, out _),
            _ => false,
        };
        return !isSecret ? null
            : isParameter ? NamedRules.UrlCredential
            : kind == NameKind.Password ? NamedRules.Password
            : kind == NameKind.Session ? NamedRules.Session
            : NamedRules.Key;
    }

    /// <summary>Returns whether a password in a URL is not one that documentation uses.</summary>
    public static bool IsUrlPassword(string value) =>
        value.Length is >= 4 and <= 400
        && !SecretValue.HasFiller(value)
        && !s_commonPasswords.Contains(value, StringComparer.OrdinalIgnoreCase)
        && !value.StartsWith('$')
        && value.AsSpan().IndexOfAny('{', '}') < 0
        && value.AsSpan().IndexOfAnyExcept(s_masks) >= 0;

    /// <summary>Returns whether a value is the id of an object.</summary>
    public static bool IsId(string value)
    {
        foreach (var id in s_ids)
        {
            if (value.StartsWith(id, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether a value is the path of an object in a store: a UUID, a slash and more.</summary>
    private static bool IsPathOfIds(string value) =>
        value.Length > 37 && value[36] == '/' && Guid.TryParseExact(value.AsSpan(0, 36), "D", out _);

    /// <summary>Returns whether a value is a number that is too long for a count and no time.</summary>
    private static bool IsLongNumber(string value) =>
        value.Length is >= 15 and <= 40
        && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
        && value.Distinct().Count() >= 5;

    private static bool HasSymbol(string value) => value.AsSpan().IndexOfAny(s_symbols) >= 0;
}
