namespace OpenAICassette.Cassettes;

/// <summary>A request and what came of it, secrets included: what a recorder gives to the writer of a format.</summary>
internal sealed class ExchangeDraft
{
    private bool _isRead;

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path that the client asked for, without host and query; it names the operation.</summary>
    public required string Path { get; init; }

    /// <summary>The full URL that the request was sent to.</summary>
    public required string Url { get; init; }

    /// <summary>The JSON that was sent; undefined when nothing was sent.</summary>
    public JsonValue Payload { get; init; }

    /// <summary>The id of the test that asked; null outside any test.</summary>
    public string? TestId { get; init; }

    /// <summary>When the request was sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The HTTP status; 0 when no response came.</summary>
    public int Status { get; init; }

    /// <summary>The value of the response's Content-Type; empty when it had none.</summary>
    public string ContentType { get; init; } = string.Empty;

    /// <summary>The response's other header fields that are worth keeping.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The response's body as far as it came, without content coding.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// Returns when the first bytes of the body, as many as are asked for, had come since the request was sent.
    /// </summary>
    public Func<int, TimeSpan> ArrivalOf { get; init; } = _ => TimeSpan.Zero;

    /// <summary>Why the response did not come to its end; null when it did.</summary>
    public string? Failure { get; init; }

    /// <summary>True for a stream of server-sent events.</summary>
    public bool IsEventStream => IsAnswered && MediaType == "text/event-stream";

    /// <summary>True for a stream of JSON values, one on each line.</summary>
    public bool IsLineStream =>
        IsAnswered && MediaType is ("application/x-ndjson" or "application/jsonl" or "application/stream+json");

    /// <summary>The events of a stream; empty for another response. Read once.</summary>
    public IReadOnlyList<StreamEvent> Events =>
        field ??=
            IsEventStream ? StreamEvent.ReadEvents(Body.Span)
            : IsLineStream ? StreamEvent.ReadLines(Body.Span)
            : [];

    /// <summary>The body as JSON; undefined when it is not JSON. Read once.</summary>
    public JsonValue Json
    {
        get
        {
            if (!_isRead)
            {
                _isRead = true;
                field = JsonValue.ParseOrUndefined(Body);
            }

            return field;
        }
    }

    private bool IsAnswered => Status is >= 200 and < 300;

    private string MediaType => ContentType.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>When an event of the stream had come, in milliseconds since the request was sent.</summary>
    public double MillisecondsOf(StreamEvent received) => ArrivalOf(received.End).TotalMilliseconds;
}
