using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Keeps the cookies of a request that is captured in process from its client's container: all hosts have the address
/// of this server there, so that the cookies of one would be sent to others. The capture shows them to the caller.
/// </summary>
internal static class CapturedCookies
{
    /// <summary>The field that stands for Set-Cookie.</summary>
    public const string HiddenField = "x-cassette-set-cookie";

    /// <summary>The field that sets a cookie (RFC 6265, section 4.1).</summary>
    public const string Field = "Set-Cookie";

    /// <summary>Returns an answer whose cookies are hidden if the request is captured.</summary>
    public static WireAnswer Hide(WireAnswer answer, HttpExchange exchange) =>
        IsCaptured(exchange) && answer.Headers.Any(IsCookie)
            ? answer with
            {
                Headers = [.. answer.Headers.Select(Hide)],
            }
            : answer;

    /// <summary>Returns the fields of an answer; its cookies are hidden if the request is captured.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Hide(
        IEnumerable<KeyValuePair<string, string>> fields,
        HttpExchange exchange
    ) => IsCaptured(exchange) ? fields.Select(Hide) : fields;

    private static bool IsCaptured(HttpExchange exchange) =>
        exchange.Headers[CassetteServerOptions.UpstreamHeader] is not null;

    private static bool IsCookie(KeyValuePair<string, string> field) =>
        field.Key.Equals(Field, StringComparison.OrdinalIgnoreCase);

    private static KeyValuePair<string, string> Hide(KeyValuePair<string, string> field) =>
        IsCookie(field) ? KeyValuePair.Create(HiddenField, field.Value) : field;
}
