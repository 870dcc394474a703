using System.Text;
using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Selects the header fields that are forwarded to the upstream, returned to the client, and recorded.
/// </summary>
internal static class ForwardedHeaders
{
    /// <summary>The field in which proxies name themselves (RFC 9110, section 7.6.3).</summary>
    public const string Via = "Via";

    /// <summary>The value of that field for this proxy.</summary>
    public const string Self = "1.1 cassette";

    /// <summary>
    /// Fields of a single connection (RFC 9110, section 7.6.1), and those that the proxy sets itself.
    /// </summary>
    private static readonly HashSet<string> s_own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Host",
        "Content-Length",
        "Content-Encoding",
        "Accept-Encoding",
        "Expect",
        "Alt-Svc",
        RequestHeaders.Cassette,
        RequestHeaders.Fault,
        CassetteServerOptions.UpstreamHeader,
    };

    private static readonly HashSet<string> s_kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "retry-after",
        "retry-after-ms",
        "x-should-retry",
        "location",
        "link",
        "x-request-id",
        "request-id",
        "apim-request-id",
        "x-ms-region",
        "openai-model",
        "openai-version",
        "openai-processing-ms",
        "warning",
        "deprecation",
    };

    private static readonly string[] s_keptBeginnings = ["x-ratelimit-", "anthropic-ratelimit-"];

    /// <summary>Returns the client's fields for the upstream.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ToUpstream(HttpHeaders headers)
    {
        var ofConnection = Names(headers["Connection"]);
        var isCaptured = headers[CassetteServerOptions.UpstreamHeader] is not null;
        return headers.Where(field =>
            !s_own.Contains(field.Key)
            && !ofConnection.Contains(field.Key)
            && !(isCaptured && TraceFields.Names.Contains(field.Key))
        );
    }

    /// <summary>Returns the upstream's fields for the client.</summary>
    public static List<KeyValuePair<string, string>> ToClient(HttpResponseMessage response)
    {
        var ofConnection = response.Headers.Connection;
        return
        [
            .. All(response)
                .Where(field => !s_own.Contains(field.Key) && !ofConnection.Contains(field.Key) && IsSendable(field)),
            new(Via, Self),
        ];
    }

    /// <summary>Returns the upstream's fields that are recorded.</summary>
    public static Dictionary<string, string> Kept(HttpResponseMessage response)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in All(response))
        {
            if (
                s_kept.Contains(name)
                || Array.Exists(s_keptBeginnings, beginning =>
                    name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
                )
            )
            {
                // Several Link fields form one list (RFC 8288, section 3).
                var known = name.Equals("link", StringComparison.OrdinalIgnoreCase)
                    ? kept.GetValueOrDefault(name)
                    : null;
                kept[name.ToLowerInvariant()] = known is null ? value : $"{known}, {value}";
            }
        }

        return kept;
    }

    /// <summary>Returns all fields of an answer as they were sent.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(HttpResponseMessage response) =>
        Fields(response.Headers).Concat(Fields(response.Content.Headers));

    private static IEnumerable<KeyValuePair<string, string>> Fields(System.Net.Http.Headers.HttpHeaders headers) =>
        headers.NonValidated.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value)));

    private static bool IsSendable(KeyValuePair<string, string> field) =>
        HttpText.IsToken(Encoding.Latin1.GetBytes(field.Key))
        && HttpText.IsValue(Encoding.Latin1.GetBytes(field.Value));

    private static HashSet<string> Names(string? list) =>
        new(
            list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            StringComparer.OrdinalIgnoreCase
        );
}
