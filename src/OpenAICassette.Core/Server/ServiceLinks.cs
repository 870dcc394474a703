using System.Runtime.CompilerServices;
using System.Text;
using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Leads addresses of the service in an answer, such as those of the next page, of results or of an upload, to this
/// server instead; otherwise a client that follows them would leave the cassette. A client that sends such an address
/// back in a request sends the service's own.
/// </summary>
internal sealed class ServiceLinks
{
    private readonly ConditionalWeakTable<WireAnswer, LedAnswer> _led = [];
    private readonly Lock _lock = new();
    private string? _service;
    private bool _hasSeveral;

    /// <summary>Returns an answer whose addresses lead to this server.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="url">The address that sent it; null if it is unknown.</param>
    /// <param name="exchange">The exchange with the client.</param>
    public WireAnswer Lead(WireAnswer answer, string? url, HttpExchange exchange)
    {
        if (exchange.Service is not null || exchange.Headers["Host"] is not { Length: > 0 } host)
        {
            return answer;
        }

        // The same recording mostly answers clients that know this server by the same name.
        if (!_led.TryGetValue(answer, out var known) || known.Host != host)
        {
            known = new LedAnswer(host, LeadNew(answer, url, exchange));
            _led.AddOrUpdate(answer, known);
        }

        return known.Answer;
    }

    private WireAnswer LeadNew(WireAnswer answer, string? url, HttpExchange exchange)
    {
        if (Between(url, exchange) is not var (service, self))
        {
            return answer;
        }

        var body = answer.IsStream || answer.Frames.Count != 1 || !IsJson(answer.Headers) ? default : answer.Frames[0];
        var hasLinks = body.Span.IndexOf(Encoding.UTF8.GetBytes(new Uri(service).Authority)) >= 0;
        return !hasLinks && !answer.Headers.Any(field => IsLink(field.Value, service))
            ? answer
            : answer with
            {
                Headers = Lead(answer.Headers, service, self),
                Frames = hasLinks ? [BodyLinks.Lead(body, service, self)] : answer.Frames,
            };
    }

    /// <summary>Returns the fields of an answer with addresses that lead to this server.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="url">The address that sent them.</param>
    /// <param name="exchange">The exchange with the client.</param>
    public List<KeyValuePair<string, string>> Lead(
        IReadOnlyList<KeyValuePair<string, string>> fields,
        string url,
        HttpExchange exchange
    ) => Between(url, exchange) is var (service, self) ? Lead(fields, service, self) : [.. fields];

    /// <summary>Returns what leads the addresses in the body of an answer to this server; null if nothing is to do.</summary>
    /// <param name="fields">The fields of the answer.</param>
    /// <param name="url">The address that sent it.</param>
    /// <param name="exchange">The exchange with the client.</param>
    public BodyLinks? LeadBody(IReadOnlyList<KeyValuePair<string, string>> fields, string url, HttpExchange exchange) =>
        IsJson(fields) && Between(url, exchange) is var (service, self) ? new BodyLinks(service, self) : null;

    /// <summary>Returns the body of a request in which addresses of this server are those of the service again.</summary>
    public ReadOnlyMemory<byte> Restore(HttpExchange exchange)
    {
        if (
            exchange.IsProxied
            || _hasSeveral
            || _service is not { } service
            || exchange.Body.Span.IndexOf("http://"u8) < 0
            || exchange.Headers["Host"] is not { Length: > 0 } host
        )
        {
            return exchange.Body;
        }

        var self = Encoding.UTF8.GetBytes($"http://{host}{exchange.Base}/");
        return exchange.Body.Span.IndexOf(self) < 0
            ? exchange.Body
            : BytePatterns.Replace(exchange.Body, self, Encoding.UTF8.GetBytes($"{service}/"));
    }

    /// <summary>Returns fields in which the addresses of one origin are those of another.</summary>
    public static List<KeyValuePair<string, string>> Lead(
        IEnumerable<KeyValuePair<string, string>> fields,
        string service,
        string self
    ) =>
        [
            .. fields.Select(field =>
                IsLink(field.Value, service)
                    ? KeyValuePair.Create(
                        field.Key,
                        field.Value.Replace($"{service}/", $"{self}/", StringComparison.OrdinalIgnoreCase)
                    )
                    : field
            ),
        ];

    private static bool IsLink(string value, string service) =>
        value.Contains($"{service}/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns whether a body is JSON.</summary>
    public static bool IsJson(IEnumerable<KeyValuePair<string, string>> fields) =>
        fields.Any(field =>
            field.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase)
            && field.Value.Contains("json", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>
    /// Returns the origins of the service and of this server; null if they are unknown, or if the client asks this server
    /// under the name of the service, as that of a proxy does.
    /// </summary>
    private (string Service, string Self)? Between(string? url, HttpExchange exchange)
    {
        if (
            exchange.Service is not null
            || exchange.Headers["Host"] is not { Length: > 0 } host
            || !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || host.Equals(address.Authority, StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var service = address.GetLeftPart(UriPartial.Authority);
        lock (_lock)
        {
            _hasSeveral |= _service is not null && _service != service;
            _service = service;
        }

        return (service, $"http://{host}{exchange.Base}");
    }

    /// <summary>Represents an answer whose addresses lead to this server under a name of it.</summary>
    private sealed record LedAnswer(string Host, WireAnswer Answer);
}
