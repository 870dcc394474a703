namespace OpenAICassette.Formats.Traces;

/// <summary>Represents a call of a tool that a trace has a span of.</summary>
/// <param name="TraceId">The id of the trace.</param>
/// <param name="CallId">The id of the call; null if it was not traced.</param>
/// <param name="Name">The name of the tool.</param>
/// <param name="StartedAt">When it began; null if it was not traced.</param>
/// <param name="EndedAt">When it ended; null if it was not traced.</param>
/// <param name="Result">What it returned; null if it was not traced.</param>
internal sealed record TracedTool(
    string? TraceId,
    string? CallId,
    string Name,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Result
);
