using OpenAICassette.Cassettes;
using OpenAICassette.Http;
using OpenAICassette.Matching;

namespace OpenAICassette.Server;

/// <summary>Represents a forwarded request and what has arrived of its answer.</summary>
internal sealed class AnsweredRequest(ApiRequest request, Uri url, DateTimeOffset sentAt, HttpExchange exchange)
{
    /// <summary>Gets the request as the client sent it, including secrets.</summary>
    public ApiRequest Request { get; } = request;

    /// <summary>Gets the URL it was sent to.</summary>
    public string Url { get; } = url.OriginalString;

    /// <summary>Gets the id of the test that sent it; null outside any test.</summary>
    public string? TestId { get; init; } = request.TestId;

    /// <summary>Gets the HTTP status; 0 until a response arrives.</summary>
    public int Status { get; set; }

    /// <summary>Gets the value of the response's Content-Type; empty if it has none.</summary>
    public string ContentType { get; set; } = string.Empty;

    /// <summary>Gets the header fields that are recorded.</summary>
    public IReadOnlyList<HeaderField> Headers { get; set; } = [];

    /// <summary>Gets the fields after the body that are recorded.</summary>
    public IReadOnlyList<HeaderField> Trailers { get; set; } = [];

    /// <summary>Gets the fields after the body for the client.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> TrailersToClient { get; set; } = [];

    /// <summary>Gets the part of the body that has arrived.</summary>
    public ReceivedBody Received { get; } = new(new BodyShare(exchange.Bodies), exchange.Files);

    /// <summary>Gets why the response ended early; null if it is complete.</summary>
    public string? Failure { get; set; }

    /// <summary>Gets how the upstream cut the connection in the middle of the body; null if it did not.</summary>
    public ConnectionCut? Cut { get; set; }

    /// <summary>Gets whether the body is read as a stream of events or lines.</summary>
    public bool IsStream =>
        Has("event-stream") || Has("eventstream") || Has("ndjson") || Has("jsonl") || Has("stream+json");

    /// <summary>Gets whether the body may be a file: it is neither JSON nor a stream that is read as one.</summary>
    public bool MayBeFile =>
        !IsStream && !Has("json") && !ContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a draft for the recorder.</summary>
    public ExchangeDraft ToDraft() =>
        new()
        {
            Method = Request.Method,
            Path = Request.Path,
            Url = Url,
            RequestHeaders = RequestHeadersWithType(),
            RequestBody = Request.IsRaw ? Body.FromBytes(Request.Utf8, Request.MediaType) : Body.FromJson(Request.Body),
            TestId = TestId,
            SentAt = sentAt,
            Status = Status,
            ResponseHeaders = HeadersWithType(),
            ResponseFile = Received.ToFile(),
            ResponseBody = Body.FromBytes(Received.ToMemory(), ContentType),
            Arrivals = Received.Arrivals,
            ResponseTrailers = new HeaderList(Trailers),
            Failure = Failure,
            Cut = Cut,
        };

    /// <summary>Returns the media type of a body that cannot be read without it.</summary>
    private HeaderList RequestHeadersWithType() =>
        Request is { IsRaw: true, MediaType: { } type }
            ? new([new HeaderField("content-type", type)])
            : HeaderList.Empty;

    private HeaderList HeadersWithType()
    {
        return new(ContentType.Length == 0 ? Headers : Headers.Append(new HeaderField("content-type", ContentType)));
    }

    private bool Has(string kind) => ContentType.Contains(kind, StringComparison.OrdinalIgnoreCase);
}
