using OpenAICassette.Cassettes;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Formats.Traces;

/// <summary>Represents the views of a call in a trace. They are put together when they are asked for.</summary>
/// <param name="log">The traces of the file.</param>
/// <param name="call">The facts of the call.</param>
/// <param name="spans">Where the span stands, and the log records that name it.</param>
internal sealed class TraceViews(TraceLog log, TracedCall call, LogSpan[] spans) : IInteractionViews
{
    private const string MediaType = "application/json";

    /// <summary>Gets the traces of the file.</summary>
    public TraceLog Log => log;

    /// <summary>Gets the facts of the call.</summary>
    public TracedCall Call => call;

    /// <summary>Gets where the span stands, and the log records that name it.</summary>
    public IReadOnlyList<LogSpan> Spans => spans;

    /// <inheritdoc/>
    public RecordedRequest ReadRequest(ReadOnlyMemory<byte> document) =>
        new(Body.Deferred(() => Read(document).RequestOf(call), MediaType))
        {
            Method = "POST",
            Url = string.Empty,
            SentAt = call.SentAt,
            IsReconstructed = true,
        };

    /// <inheritdoc/>
    public RecordedResponse ReadResponse(ReadOnlyMemory<byte> document)
    {
        var bytes = Read(document).ResponseOf(call);
        var answer = bytes.IsEmpty ? default : JsonValue.ParseOrUndefined(bytes);
        return new(answer.Exists ? Body.FromJson(answer) : Body.Empty)
        {
            Status = call.Status,
            EndedAt = call.Duration,
            Values = answer.Exists ? [answer] : [],
            Error = call.Failure is { } failure
                ? new RecordedError
                {
                    Message = failure,
                    Type = call.ErrorType,
                    Status = call.Status,
                }
                : null,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object> ExtensionsOf(Interaction interaction) => [call.Place];

    /// <summary>Returns what the span says.</summary>
    public SpanContent Read(ReadOnlyMemory<byte> document) =>
        log.Dialect.Read(spans[0].In(document), [.. spans.Skip(1).Select(span => span.In(document))]);
}
