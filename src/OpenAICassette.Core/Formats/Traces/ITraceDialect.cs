namespace OpenAICassette.Formats.Traces;

/// <summary>Reads the spans of one kind of traces.</summary>
internal interface ITraceDialect
{
    /// <summary>Returns the facts of the call of a model that a span is of; null for another span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="records">The log records that name it.</param>
    TracedCall? Describe(JsonValue span, IReadOnlyList<JsonValue> records);

    /// <summary>Returns what the span of a call says.</summary>
    /// <param name="span">The span.</param>
    /// <param name="records">The log records that name it.</param>
    SpanContent Read(JsonValue span, IReadOnlyList<JsonValue> records);

    /// <summary>Returns the call of a tool that a span is of; null for another span.</summary>
    /// <param name="span">The span.</param>
    TracedTool? ReadTool(JsonValue span);
}
