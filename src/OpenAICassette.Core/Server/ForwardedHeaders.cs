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
        RequestHeaders.Session,
        CassetteServerOptions.UpstreamHeader,
    };

    /// <summary>
    /// Fields that are not recorded, besides those of the connection: they would be wrong or unsafe in a replay.
    /// <c>docs/container.md</c> lists them.
    /// </summary>
    private static readonly HashSet<string> s_unrecorded = new(StringComparer.OrdinalIgnoreCase)
    {
        "age",
        "authentication-info",
        "cf-cache-status",
        "cf-ray",
        "clear-site-data",
        "content-type",
        "date",
        "expect-ct",
        "nel",
        "report-to",
        "reporting-endpoints",
        "server-timing",
        "set-cookie",
        "set-cookie2",
        "strict-transport-security",
        "via",
    };

    private static readonly string[] s_unrecordedBeginnings = ["access-control-", "x-cassette"];

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

    /// <summary>
    /// Returns the upstream's fields that are recorded, without the media type, which is recorded with the body.
    /// </summary>
    public static List<HeaderField> Recorded(HttpResponseMessage response)
    {
        var ofConnection = response.Headers.Connection;
        return [.. Recorded(All(response).Where(field => !ofConnection.Contains(field.Key)))];
    }

    /// <summary>Returns the fields after the body that are recorded.</summary>
    public static List<HeaderField> RecordedTrailers(HttpResponseMessage response) =>
        [.. Recorded(Fields(response.TrailingHeaders))];

    /// <summary>Returns the fields after the body for the client.</summary>
    public static List<KeyValuePair<string, string>> TrailersToClient(HttpResponseMessage response) =>
        [.. Fields(response.TrailingHeaders).Where(field => !s_own.Contains(field.Key) && IsSendable(field))];

    private static IEnumerable<HeaderField> Recorded(IEnumerable<KeyValuePair<string, string>> fields) =>
        fields
            .Where(field => !s_own.Contains(field.Key) && !s_unrecorded.Contains(field.Key) && IsSendable(field))
            .Where(field =>
                !Array.Exists(s_unrecordedBeginnings, beginning =>
                    field.Key.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
                )
            )
            .Select(field => new HeaderField(field.Key.ToLowerInvariant(), field.Value));

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
