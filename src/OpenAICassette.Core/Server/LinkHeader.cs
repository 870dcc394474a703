using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Rewrites the field in which a service names the previous and next pages (RFC 8288). Links to the service's own
/// address lead to this server instead; otherwise a client that follows them would leave the cassette.
/// </summary>
internal static class LinkHeader
{
    private const string Name = "link";

    /// <summary>Returns an answer whose links lead to this server.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="url">The address that sent it; null if it is unknown.</param>
    /// <param name="exchange">The exchange with the client.</param>
    public static WireAnswer Lead(WireAnswer answer, string? url, HttpExchange exchange) =>
        url is not null && !exchange.IsProxied && answer.Headers.Any(IsLink)
            ? answer with
            {
                Headers = Lead(answer.Headers, url, exchange),
            }
            : answer;

    /// <summary>Returns the fields of an answer with links that lead to this server.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="url">The address that sent them.</param>
    /// <param name="exchange">The exchange with the client.</param>
    public static List<KeyValuePair<string, string>> Lead(
        IReadOnlyList<KeyValuePair<string, string>> fields,
        string url,
        HttpExchange exchange
    )
    {
        if (
            exchange.IsProxied
            || !fields.Any(IsLink)
            || exchange.Headers["Host"] is not { Length: > 0 } host
            || !Uri.TryCreate(url, UriKind.Absolute, out var service)
        )
        {
            return [.. fields];
        }

        var from = $"<{service.GetLeftPart(UriPartial.Authority)}/";
        return
        [
            .. fields.Select(field =>
                IsLink(field)
                    ? KeyValuePair.Create(
                        field.Key,
                        field.Value.Replace(from, $"<http://{host}/", StringComparison.OrdinalIgnoreCase)
                    )
                    : field
            ),
        ];
    }

    private static bool IsLink(KeyValuePair<string, string> field) =>
        field.Key.Equals(Name, StringComparison.OrdinalIgnoreCase);
}
