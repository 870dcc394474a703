namespace OpenAICassette.Redaction.Rules;

/// <summary>Contains the rules that parsers serve: secrets that are identified by the text before them.</summary>
internal static class NamedRules
{
    /// <summary>An Authorization header field's credentials.</summary>
    public static readonly SecretRule Authorization = new(
        "authorization",
        "Credentials of an Authorization header field"
    )
    {
        Examples =
        [
            "Authorization: Bearer {u:43}",
            "curl -H 'Authorization: Basic {k}' https://example.com",
            "send it as Bearer {u:40} please",
        ],
        CounterExamples =
        [
            "Authorization: Bearer <access_token>",
            "Use a bearer token in the Authorization header.",
            "The bearer of this letter is my cousin.",
            "authorization = base64.decodebytes(authorization)",
        ],
    };

    /// <summary>A cookie's value.</summary>
    public static readonly SecretRule Cookie = new("cookie", "The value of a cookie")
    {
        Examples = ["Cookie: theme=dark; __Host-session={u:48}; lang=en", "Set-Cookie: sid={a:32}; Path=/; HttpOnly"],
        CounterExamples = ["Cookie: theme=dark; lang=en", "a cookie: sweet and round"],
    };

    /// <summary>A header field for keys.</summary>
    public static readonly SecretRule KeyHeader = new("api-key-header", "A header field that carries a key")
    {
        Examples = ["x-api-key: {a:40}", "api-key: {h:32}"],
    };

    /// <summary>A value whose name says that it is a key.</summary>
    public static readonly SecretRule Key = new(
        "assigned-key",
        "A random value whose name says that it is a key, token or secret"
    )
    {
        Confidence = SecretConfidence.Medium,
        Examples =
        [
            "export INTERNAL_API_KEY={a:40}",
            "client_secret: '{u:40}'",
            "{\"service\": {\"auth_token\": \"{h:40}\"}}",
            "AZURE_OPENAI_API_KEY,{h:32}",
            "AWS_SECRET_ACCESS_KEY={b:40}",
            "the API key is {a:32}.",
        ],
        CounterExamples =
        [
            "api_key_name = 'production-default-key'",
            "max_tokens: 4096",
            "api_key = config.get('api_key')",
            "token = load()",
            "\"key\": \"temperature\"",
            "the key is patience",
            "isinstance(key, (EllipticCurvePrivateKey, EllipticCurvePublicKey))",
            "token = Token.Name.Builtin.SchemeFunction",
            "key: \"_EllipticCurvePrivateKey\"",
        ],
    };

    /// <summary>A value whose name says that it is a password.</summary>
    public static readonly SecretRule Password = new("password", "A value whose name says that it is a password")
    {
        Confidence = SecretConfidence.Medium,
        Examples = ["DB_PASSWORD={p}", "the password is {p}", "Server=db;User Id=sa;Password={p};Encrypt=true"],
        CounterExamples =
        [
            "password=changeme",
            "password: <your password>",
            "password = getpass.getpass()",
            "\"password\": \"\"",
            "Your password must have 8 characters",
            "StringField('password', min_length=8)",
            "password: Optional[bytes] = None",
            "passwd = HTTPPasswordMgr()",
            ":param passphrase: (Optional) The password",
            "Client(password='REDACTED_PASSWORD_1', timeout=30)",
        ],
    };

    /// <summary>The id of a session.</summary>
    public static readonly SecretRule Session = new("session-id", "The id of a session")
    {
        Confidence = SecretConfidence.Medium,
        Examples = ["PHPSESSID={a:32}"],
        CounterExamples = ["session=12"],
    };

    /// <summary>A URL's password.</summary>
    public static readonly SecretRule UrlPassword = new("url-password", "The password in a URL")
    {
        Examples =
        [
            "https://jonas:{p}@artifacts.example.com/x",
            "postgresql://app:{p}@db:5432/x?sslmode=require",
            "redis://:{a:32}@cache:6379/0",
        ],
        CounterExamples =
        [
            "postgres://user:password@localhost/db",
            "https://example.com:8080/a@b",
            "https://<user>:<password>@host/",
        ],
    };

    /// <summary>A URL's parameter.</summary>
    public static readonly SecretRule UrlCredential = new(
        "url-credential",
        "A parameter of a URL whose name says that it is secret"
    )
    {
        Examples =
        [
            "https://example.com/x?api_key={a:32}&a=b",
            "https://x.blob.core.windows.net/c?sp=r&sig={a:40}%2B%3D",
            "https://example.com/?X-Amz-Signature={h:64}",
        ],
        CounterExamples =
        [
            "https://example.com/x?key=short&token_count=12",
            "https://www.youtube.com/watch?v={a:11}&list=PL{a:32}",
        ],
    };

    /// <summary>A private key.</summary>
    public static readonly SecretRule PrivateKey = new("private-key", "A private key in PEM")
    {
        Proof = PrivateKeys.IsKnown,
        Examples =
        [
            "-----BEGIN PRIVATE KEY-----\n{b:64}\n{b:64}\n{b:40}==\n-----END PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\\n{b:64}\\n{b:64}\\n-----END RSA PRIVATE KEY-----",
        ],
        CounterExamples =
        [
            "-----BEGIN PUBLIC KEY-----\n{b:64}\n-----END PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----\n{b:64}\n-----END CERTIFICATE-----",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        ],
    };

    /// <summary>A value that the user specified.</summary>
    public static readonly SecretRule Given = new("given-value", "A value that was given to be removed")
    {
        Confidence = SecretConfidence.High,
    };

    /// <summary>Gets all rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [PrivateKey, Authorization, Cookie, KeyHeader, UrlPassword, UrlCredential, Key, Password, Session];
}
