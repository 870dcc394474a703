using OpenAICassette.Http;
using OpenAICassette.Matching;

namespace OpenAICassette.Server;

/// <summary>A request that was passed on, and what has come of it so far.</summary>
internal sealed class AnsweredRequest(ApiRequest request, Uri url, BodyBudget bodies)
{
    private readonly DateTimeOffset _sentAt = DateTimeOffset.UtcNow;

    /// <summary>The request as the client sent it, secrets included.</summary>
    public ApiRequest Request { get; } = request;

    /// <summary>Where it was sent to.</summary>
    public string Url { get; } = url.OriginalString;

    /// <summary>The HTTP status; 0 as long as no response has come.</summary>
    public int Status { get; set; }

    /// <summary>The value of the response's Content-Type; empty when it has none.</summary>
    public string ContentType { get; set; } = string.Empty;

    /// <summary>The header fields that are recorded.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>The body as far as it has come.</summary>
    public ReceivedBody Received { get; } = new(new BodyShare(bodies));

    /// <summary>Why the response did not come to its end; null when it did.</summary>
    public string? Failure { get; set; }

    /// <summary>Gives the recorder what there is now.</summary>
    public ExchangeDraft ToDraft() =>
        new()
        {
            Method = Request.Method,
            Path = Request.Path,
            Url = Url,
            RequestBody = Body.FromJson(Request.Body),
            TestId = Request.TestId,
            SentAt = _sentAt,
            Status = Status,
            ResponseHeaders = HeadersWithType(),
            ResponseBody = Body.FromBytes(Received.Bytes, ContentType),
            Arrivals = Received.Arrivals,
            Failure = Failure,
        };

    private HeaderList HeadersWithType()
    {
        var fields = Headers.Select(header => new HeaderField(header.Key, header.Value));
        return new(ContentType.Length == 0 ? fields : fields.Append(new HeaderField("content-type", ContentType)));
    }
}
