using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Redaction.Rules;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>
/// Finds possible secrets in the head of a message: values of fields and parameters that carry credentials, and other
/// values that look like keys.
/// </summary>
internal static class MessageSecrets
{
    private const int ShortestKey = 20;

    private static readonly string[] s_names =
    [
        "key",
        "token",
        "secret",
        "password",
        "passwd",
        "auth",
        "cookie",
        "credential",
        "signature",
    ];

    /// <summary>Parts of names that are no secrets; a WebSocket's key is a new number for each connection.</summary>
    private static readonly string[] s_harmless = ["idempotency", "tokens", "ratelimit", "sec-websocket-"];

    /// <summary>Fields whose values are not secrets, however random they look.</summary>
    private static readonly string[] s_open =
    [
        "accept",
        "cache-",
        "connection",
        "content-",
        "date",
        "expect",
        "host",
        "if-",
        "origin",
        "range",
        "referer",
        "request-id",
        "sec-",
        "traceparent",
        "tracestate",
        "transfer-",
        "user-agent",
        "x-cassette",
        "x-request-id",
        "x-stainless-",
        "idempotency-",
        "openai-",
        "anthropic-",
        .. CassetteFormats.Recording.TestHeaders,
    ];

    /// <summary>Clients send the same names and paths again and again.</summary>
    private static readonly Memo<string, FieldKind> s_kinds = new(KindOf, StringComparer.OrdinalIgnoreCase);

    private static readonly Memo<string, string[]> s_paths = new(OfPath);

    private enum FieldKind
    {
        Open,
        Secret,
        Other,
    }

    /// <summary>Returns whether the values of fields with a name can be secrets.</summary>
    public static bool MayHold(string name) => s_kinds.Of(name) != FieldKind.Open;

    /// <summary>Returns the possible secrets in the head of a request.</summary>
    /// <param name="fields">The header fields.</param>
    /// <param name="path">The path.</param>
    /// <param name="query">The query without its question mark.</param>
    public static IEnumerable<string> OfRequest(
        IReadOnlyCollection<KeyValuePair<string, string>> fields,
        string path,
        string query
    )
    {
        if (fields.Count == 0 && query.Length == 0)
        {
            return s_paths.Of(path);
        }

        var found = new List<string>();
        foreach (var (name, value) in fields)
        {
            var kind = s_kinds.Of(name);
            if (kind == FieldKind.Secret)
            {
                found.AddRange(Parts(name, value));
            }

            if (kind != FieldKind.Open && value.Length >= ShortestKey)
            {
                found.AddRange(value.Split([' ', ';', ',', '"'], StringSplitOptions.RemoveEmptyEntries).Where(IsKey));
            }
        }

        found.AddRange(query.Length == 0 ? [] : OfQuery(query));
        found.AddRange(s_paths.Of(path));
        return found;
    }

    /// <summary>Returns the values of fields that carry credentials.</summary>
    public static IEnumerable<string> OfFields(IEnumerable<KeyValuePair<string, string>> fields) =>
        fields
            .Where(field => s_kinds.Of(field.Key) == FieldKind.Secret)
            .SelectMany(field => Parts(field.Key, field.Value));

    /// <summary>Returns the values of query parameters with names of secrets.</summary>
    private static IEnumerable<string> OfQuery(string query) =>
        OfFields(
            query
                .Split('&')
                .Select(parameter => parameter.Split('=', 2))
                .Where(parameter => parameter.Length == 2)
                .Select(parameter => KeyValuePair.Create(parameter[0], Uri.UnescapeDataString(parameter[1])))
        );

    private static FieldKind KindOf(string name)
    {
        if (IsSecretName(name))
        {
            return FieldKind.Secret;
        }

        var isOpen = Array.Exists(s_open, open => name.StartsWith(open, StringComparison.OrdinalIgnoreCase));
        return isOpen ? FieldKind.Open : FieldKind.Other;
    }

    /// <summary>
    /// Returns the segments of a path that look like keys, except the model and the ids of resources.
    /// </summary>
    private static string[] OfPath(string path)
    {
        var operation = ApiOperation.Of(path);
        var before = path.EndsWith(operation.Name, StringComparison.Ordinal) ? path[..^operation.Name.Length] : path;
        return
        [
            .. before
                .Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Select(Uri.UnescapeDataString)
                .Where(part => part != operation.Deployment && IsKey(part)),
        ];
    }

    private static bool IsKey(string value) =>
        value.Length >= ShortestKey && !Guid.TryParse(value, out _) && SecretValue.IsRandom(value, ShortestKey);

    private static IEnumerable<string> Parts(string name, string value)
    {
        // The first pair of a Set-Cookie is followed by its attributes.
        var all = name.StartsWith("set-", StringComparison.OrdinalIgnoreCase) ? value.Split(';')[0] : value;
        yield return all;

        // The value may contain a scheme, names of cookies, or several fields: every part that can be a secret is
        // returned.
        foreach (var part in all.Split([' ', ';', ',', '"'], StringSplitOptions.RemoveEmptyEntries))
        {
            yield return part;
            yield return part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..];
            if (PasswordIn(part) is { } password)
            {
                yield return password;
            }
        }
    }

    private static bool IsSecretName(string name) =>
        Array.Exists(s_names, part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
        && !Array.Exists(s_harmless, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the password in base64 credentials, which is a secret by itself (RFC 7617).</summary>
    private static string? PasswordIn(string credentials)
    {
        var bytes = new byte[credentials.Length];
        return
            Convert.TryFromBase64String(credentials, bytes, out var count)
            && bytes.AsSpan(0, count).IndexOf((byte)':') is var colon and >= 0
            ? Encoding.UTF8.GetString(bytes.AsSpan(colon + 1, count - colon - 1))
            : null;
    }
}
