using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Formats.Traces;

/// <summary>Represents a span of a trace.</summary>
internal sealed class TraceSpan
{
    private const string Details = "gen_ai.client.inference.operation.details";
    private const int NanosecondsInTick = 100;

    private readonly SpanFields? _details;

    private TraceSpan(JsonValue value, SpanFields fields, IReadOnlyList<SpanEvent> events)
    {
        (Value, Fields, Events) = (value, fields, events);
        var details = events.FirstOrDefault(each => each.Name == Details);
        _details =
            details is null ? null
            : details.Body.Kind == JsonValueKind.Object ? SpanFields.Read(details.Body)
            : details.Fields;
    }

    /// <summary>Gets the span as it stands in the file.</summary>
    public JsonValue Value { get; }

    /// <summary>Gets the attributes.</summary>
    public SpanFields Fields { get; }

    /// <summary>Gets the events, and the log records that name the span.</summary>
    public IReadOnlyList<SpanEvent> Events { get; }

    /// <summary>Gets the name.</summary>
    public string? Name => Value["name"].Text;

    /// <summary>Gets the kind that OpenInference gives a span; null if there is none.</summary>
    public string? Kind => Fields.Text("openinference.span.kind") ?? Value["span_kind"].Text;

    /// <summary>Gets the id of the trace.</summary>
    public string? TraceId => Value["traceId"].Text ?? Value["trace_id"].Text ?? Value["context"]["trace_id"].Text;

    /// <summary>Gets the id of the span.</summary>
    public string? SpanId => Value["spanId"].Text ?? Value["span_id"].Text ?? Value["context"]["span_id"].Text;

    /// <summary>Gets the id of the span that it is a part of; null if there is none.</summary>
    public string? ParentId =>
        (Value["parentSpanId"].Text ?? Value["parent_id"].Text ?? Value["parentId"].Text) is { Length: > 0 } id
            ? id
            : null;

    /// <summary>Gets when it began; null if it does not say.</summary>
    public DateTimeOffset? StartedAt => TimeOf(Value["startTimeUnixNano"], Value["start_time"]);

    /// <summary>Gets when it ended; null if it does not say.</summary>
    public DateTimeOffset? EndedAt => TimeOf(Value["endTimeUnixNano"], Value["end_time"]);

    /// <summary>Gets the message of the status if it is an error; null otherwise.</summary>
    public string? Failure
    {
        get
        {
            var status = Value["status"];
            var code =
                status["code"].Exists ? status["code"]
                : status["status_code"].Exists ? status["status_code"]
                : Value["status_code"];
            var isError = code.WholeNumber == 2 || code.Text is "STATUS_CODE_ERROR" or "ERROR";
            if (!isError)
            {
                return null;
            }

            var exception = Events.FirstOrDefault(each => each.Name == "exception");
            return NotEmpty(status["message"].Text)
                ?? NotEmpty(status["description"].Text)
                ?? NotEmpty(Value["status_message"].Text)
                ?? exception?.Fields.Text("exception.message")
                ?? Fields.Text("error.type")
                ?? "error";
        }
    }

    /// <summary>Reads a span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="records">The log records that name it.</param>
    public static TraceSpan Read(JsonValue span, IEnumerable<JsonValue> records) =>
        new(
            span,
            SpanFields.Read(span["attributes"]),
            [.. span["events"].Elements.Concat(records).Select(SpanEvent.Read)]
        );

    /// <summary>Returns the attributes that hold one of these names: the span's, else those of its details.</summary>
    public SpanFields With(string name) => _details is not null && !Fields[name].Exists ? _details : Fields;

    private static DateTimeOffset? TimeOf(JsonValue nanoseconds, JsonValue time)
    {
        if (!nanoseconds.Exists)
        {
            return JsonFields.Time(time);
        }

        var isTime = decimal.TryParse(
            nanoseconds.ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var count
        );
        var ticks = isTime ? decimal.Truncate(count / NanosecondsInTick) : 0;
        var most = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks;
        return ticks > 0 && ticks < most ? DateTimeOffset.UnixEpoch.AddTicks((long)ticks) : null;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
