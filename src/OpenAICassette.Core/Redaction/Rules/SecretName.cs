using System.Buffers;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Determines what the name of a member, variable, header field or parameter says about its value.</summary>
internal static class SecretName
{
    private static readonly SearchValues<string> s_words = SearchValues.Create(
        [
            "key",
            "token",
            "secret",
            "passw",
            "pwd",
            "passphrase",
            "credential",
            "auth",
            "cookie",
            "session",
            "bearer",
            "contrase",
            "sid",
            "sig",
            "pat",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly WordEndings s_passwords = new([
        "password",
        "passwd",
        "passwort",
        "passphrase",
        "pwd",
        "contrasena",
        "contraseña",
        "passcode",
        "pass",
    ]);

    private static readonly WordEndings s_keys = new([
        "apikey",
        "apitoken",
        "accesskey",
        "accesstoken",
        "authtoken",
        "authkey",
        "secretkey",
        "secretaccesskey",
        "privatekey",
        "clientsecret",
        "clienttoken",
        "secret",
        "sessiontoken",
        "refreshtoken",
        "idtoken",
        "bearertoken",
        "bearer",
        "subscriptionkey",
        "accountkey",
        "sharedaccesskey",
        "sharedkey",
        "signingkey",
        "signingsecret",
        "encryptionkey",
        "masterkey",
        "webhooksecret",
        "appkey",
        "appsecret",
        "servicekey",
        "adminkey",
        "deploykey",
        "licensekey",
        "token",
        "credential",
        "credentials",
        "authorization",
        "apisecret",
        "storagekey",
        "connectionkey",
        "hmackey",
        "jwtsecret",
        "securitytoken",
        "secretid",
        "pat",
        "functionskey",
        "functionkey",
        "userkey",
        "ingestkey",
        "writekey",
        "readkey",
        "projectkey",
        "integrationkey",
        "routingkey",
    ]);

    private static readonly WordEndings s_harmless = new([
        "nexttoken",
        "pagetoken",
        "nextpagetoken",
        "continuationtoken",
        "cancellationtoken",
        "maxtoken",
        "mintoken",
        "totaltoken",
        "unktoken",
        "padtoken",
        "eostoken",
        "bostoken",
        "septoken",
        "masktoken",
        "clstoken",
        "stoptoken",
        "starttoken",
        "endtoken",
        "logprobtoken",
        "publickey",
        "publickeytoken",
        "primarykey",
        "foreignkey",
        "cachekey",
        "idempotencykey",
        "sortkey",
        "partitionkey",
        "routingtoken",
        "synctoken",
        "usertoken",
        "specialtoken",
        "firsttoken",
        "lasttoken",
        "pershtoken",
        "icepwd",
        "prompttoken",
    ]);

    /// <summary>Returns what a name says.</summary>
    public static NameKind KindOf(ReadOnlySpan<char> name)
    {
        if (name.Length is < 2 or > 80 || name.IndexOfAny(s_words) < 0)
        {
            return NameKind.Plain;
        }

        Span<char> letters = stackalloc char[name.Length];
        var length = 0;
        foreach (var unit in name)
        {
            if (char.IsLetter(unit))
            {
                letters[length++] = char.ToLowerInvariant(unit);
            }
        }

        ReadOnlySpan<char> word = letters[..length];
        if (HeaderKind(name) is { } header)
        {
            return header;
        }

        if (s_harmless.IsOf(word))
        {
            return NameKind.Plain;
        }

        return s_passwords.IsOf(word) && !word.EndsWith("bypass", StringComparison.Ordinal) ? NameKind.Password
            : s_keys.IsOf(word)
                ? (
                    word is "token" or "pat" || word.EndsWith("pat", StringComparison.Ordinal)
                        ? NameKind.Token
                        : NameKind.Key
                )
            : word.EndsWith("key", StringComparison.Ordinal) ? NameKind.Weak
            : word is "sessionid" or "session" or "sid" or "sessid" or "phpsessid" or "jsessionid" or "connectsid"
                ? NameKind.Session
            : NameKind.Plain;
    }

    private static NameKind? HeaderKind(ReadOnlySpan<char> name)
    {
        if (name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase))
        {
            return NameKind.Authorization;
        }

        return name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? NameKind.Cookie
            : name.Equals("set-cookie", StringComparison.OrdinalIgnoreCase) ? NameKind.SetCookie
            : null;
    }
}
