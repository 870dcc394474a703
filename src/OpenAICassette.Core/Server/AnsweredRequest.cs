using OpenAICassette.Http;
using OpenAICassette.Json;
using OpenAICassette.Matching;

namespace OpenAICassette.Server;

/// <summary>A request that was passed on, and all that came of it.</summary>
internal sealed class AnsweredRequest(ApiRequest request, Uri url, DateTimeOffset sentAt, BodyBudget bodies)
{
    /// <summary>The request as the client sent it, secrets included.</summary>
    public ApiRequest Request { get; } = request;

    /// <summary>Where it was sent to.</summary>
    public string Url { get; } = url.OriginalString;

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; } = sentAt;

    /// <summary>The HTTP status; 0 as long as nothing came.</summary>
    public int Status { get; set; }

    /// <summary>The type of the body; empty where none was said.</summary>
    public string ContentType { get; set; } = string.Empty;

    /// <summary>The header fields that are recorded.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>The body as far as it came.</summary>
    public ReceivedBody Body { get; } = new(new BodyShare(bodies));

    /// <summary>Why it did not come to its end; null when it did.</summary>
    public string? Failure { get; set; }

    /// <summary>True for a stream of server-sent events.</summary>
    public bool IsEventStream => IsAnswered && MediaType == "text/event-stream";

    /// <summary>True for a stream of JSON values, one on each line.</summary>
    public bool IsLineStream => IsAnswered && MediaType is ("application/x-ndjson" or "application/jsonl" or "application/stream+json");

    /// <summary>The events of a stream; none for a response that is none.</summary>
    public IReadOnlyList<StreamEvent> Events => field ??= IsEventStream ? StreamEvent.ReadEvents(Body.Bytes.Span)
        : IsLineStream ? StreamEvent.ReadLines(Body.Bytes.Span)
        : [];

    /// <summary>The body as JSON; undefined when it is none.</summary>
    public JsonValue Json => field.Exists ? field : field = JsonValue.ParseOrUndefined(Body.Bytes);

    private bool IsAnswered => Status is >= 200 and < 300;

    private string MediaType => ContentType.Split(';')[0].Trim().ToLowerInvariant();
}
