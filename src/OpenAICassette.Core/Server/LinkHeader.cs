using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// The field in which a service names the pages before and after (RFC 8288). Where it names the service's own address,
/// it leads to the server that answers in its place: else who follows it would leave the cassette.
/// </summary>
internal static class LinkHeader
{
    private const string Name = "link";

    /// <summary>An answer whose links lead back here.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="url">The address that gave it; null where that is not known.</param>
    /// <param name="exchange">The exchange with the client.</param>
    public static WireAnswer Lead(WireAnswer answer, string? url, HttpExchange exchange) =>
        url is not null && answer.Headers.Any(IsLink)
            ? answer with
            {
                Headers = Lead(answer.Headers, url, exchange),
            }
            : answer;

    /// <summary>Fields of an answer, the links of which lead back here.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="url">The address that gave them.</param>
    /// <param name="exchange">The exchange with the client.</param>
    public static List<KeyValuePair<string, string>> Lead(
        IReadOnlyList<KeyValuePair<string, string>> fields,
        string url,
        HttpExchange exchange
    )
    {
        if (
            !fields.Any(IsLink)
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
