using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>
/// Represents a request and what came of it, as plain values. It is what a format reads and writes, and what a recorder
/// captures.
/// </summary>
public sealed class ExchangeDraft
{
    /// <summary>The method of a WebSocket session; its messages are <see cref="Frames"/>.</summary>
    internal const string WebSocketMethod = "WEBSOCKET";

    /// <summary>The method of a gRPC call.</summary>
    internal const string GrpcMethod = "GRPC";

    /// <summary>Gets the HTTP method; WEBSOCKET for a session, GRPC for a gRPC call.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// Gets the URL that the request was sent to; only a path if the recorder does not keep the host.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>
    /// Gets the path of the request without host and query; it names the operation. The path of the URL by default.
    /// </summary>
    public string Path
    {
        get => field ??= UrlText.PathOf(Url);
        init;
    }

    /// <summary>Gets the header fields of the request.</summary>
    public HeaderList RequestHeaders { get; init; } = HeaderList.Empty;

    /// <summary>Gets the body of the request.</summary>
    public Body RequestBody { get; init; } = Body.Empty;

    /// <summary>Gets the id of the test that sent the request; null outside any test.</summary>
    public string? TestId { get; init; }

    /// <summary>Gets the tool that a tool runtime called, without HTTP; null for other calls.</summary>
    internal string? ToolName { get; init; }

    /// <summary>Gets when the request was sent; null if it was not recorded.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Gets the time from the request to the end of the response; null if it was not recorded.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Gets the HTTP status; 0 if no response came.</summary>
    public int Status { get; init; }

    /// <summary>Gets the reason phrase; null if it was not recorded.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the HTTP version, for example <c>HTTP/1.1</c>; null if it was not recorded.</summary>
    public string? HttpVersion { get; init; }

    /// <summary>Gets the header fields of the response.</summary>
    public HeaderList ResponseHeaders { get; init; } = HeaderList.Empty;

    /// <summary>Gets the fields that came after the body of the response.</summary>
    internal HeaderList ResponseTrailers { get; init; } = HeaderList.Empty;

    /// <summary>Gets the body of the response as far as it came.</summary>
    public Body ResponseBody { get; init; } = Body.Empty;

    /// <summary>Gets the file that holds the body of the response instead; null for a body in memory.</summary>
    internal BodyFile? ResponseFile { get; init; }

    /// <summary>
    /// Gets the frames that the recorder kept instead of a body: objects of a client library, messages of a WebSocket; none if it kept the body.
    /// </summary>
    public IReadOnlyList<Frame> Frames { get; init; } = [];

    /// <summary>
    /// Gets when the response's bytes arrived: the number of bytes of the decoded body that had come, with the time
    /// since the request; empty if it was not recorded.
    /// </summary>
    public IReadOnlyList<(int Length, TimeSpan At)> Arrivals { get; init; } = [];

    /// <summary>Gets how many network reads the recorder kept; null if it joined them.</summary>
    internal int? Reads { get; init; }

    /// <summary>Gets why the response did not come to its end; null if it did.</summary>
    public string? Failure { get; init; }

    /// <summary>
    /// Gets how the service ended the connection after <see cref="ResponseBody"/>; null if it did not, or if that was
    /// not recorded.
    /// </summary>
    internal ConnectionCut? Cut { get; init; }

    /// <summary>Gets the value of the response's Content-Type; empty if it has none.</summary>
    internal string ContentType => ResponseHeaders["content-type"] ?? string.Empty;

    /// <summary>Gets whether the response is a stream of server-sent events.</summary>
    internal bool IsEventStream => IsAnswered && MediaType == "text/event-stream";

    /// <summary>Gets whether the response is a stream of JSON values, one on each line.</summary>
    internal bool IsLineStream =>
        IsAnswered && MediaType is ("application/x-ndjson" or "application/jsonl" or "application/stream+json");

    /// <summary>Gets the events of a stream; none for another response.</summary>
    internal IReadOnlyList<StreamEvent> Events =>
        field ??=
            IsEventStream ? StreamEvent.ReadEvents(ResponseBody.Bytes.Span)
            : IsLineStream ? StreamEvent.ReadLines(ResponseBody.Bytes.Span)
            : [];

    private bool IsAnswered => Status is >= 200 and < 300;

    private string MediaType => ContentType.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Returns the same exchange with another response.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="headers">The header fields.</param>
    /// <param name="body">The body, which replaces the frames too.</param>
    internal ExchangeDraft WithResponse(int status, HeaderList headers, Body body) =>
        new()
        {
            Method = Method,
            Url = Url,
            Path = Path,
            HttpVersion = HttpVersion,
            RequestHeaders = RequestHeaders,
            RequestBody = RequestBody,
            TestId = TestId,
            ToolName = ToolName,
            SentAt = SentAt,
            Duration = Duration,
            Status = status,
            Reason = Reason,
            ResponseHeaders = headers,
            ResponseTrailers = ResponseTrailers,
            ResponseBody = body,
            Arrivals = Arrivals,
            Failure = Failure,
            Cut = Cut,
        };

    /// <summary>Returns when an event of the stream had arrived, in milliseconds since the request was sent.</summary>
    internal double MillisecondsOf(StreamEvent received) => ArrivalOf(received.End).TotalMilliseconds;

    /// <summary>Returns when the first bytes of the body, as many as asked for, had arrived.</summary>
    internal TimeSpan ArrivalOf(int length)
    {
        var (low, high) = (0, Arrivals.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Arrivals[middle].Length < length ? (middle + 1, high) : (low, middle);
        }

        return Arrivals.Count > 0 ? Arrivals[Math.Min(low, Arrivals.Count - 1)].At : TimeSpan.Zero;
    }
}
