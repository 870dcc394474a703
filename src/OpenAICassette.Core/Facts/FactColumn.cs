namespace OpenAICassette.Facts;

/// <summary>
/// Represents a column of the facts. Every output writes these columns in this order: JSON, Parquet and SQL. A column
/// that changes its meaning raises <see cref="Version"/>; a column that is added does not.
/// </summary>
/// <param name="Name">The name in JSON, Parquet and SQL.</param>
/// <param name="Type">The type.</param>
/// <param name="Read">Reads the value: a string, long, double, bool, UTC DateTime, list of strings, or null.</param>
internal sealed record FactColumn(string Name, FactType Type, Func<InteractionFacts, object?> Read)
{
    /// <summary>The version of the schema, facts.schema.json.</summary>
    public const int Version = 1;

    /// <summary>The column that depends on prices, which are not recorded.</summary>
    public const string Cost = "cost";

    private const int DecimalsOfMilliseconds = 1;

    /// <summary>Gets all columns.</summary>
    public static IReadOnlyList<FactColumn> All { get; } =
    [
        new("path", FactType.Text, facts => facts.Path),
        new("index", FactType.Integer, facts => (long)facts.Index),
        new("format", FactType.Text, facts => facts.Format),
        new("api", FactType.Text, facts => facts.Api),
        new("method", FactType.Text, facts => facts.Method),
        new("url", FactType.Text, facts => facts.Url),
        new("host", FactType.Text, facts => facts.Host),
        new("endpoint", FactType.Text, facts => facts.Endpoint),
        new("model", FactType.Text, facts => facts.Model),
        new("answered_model", FactType.Text, facts => facts.AnsweredModel),
        new("test_id", FactType.Text, facts => facts.TestId),
        new("status", FactType.Integer, facts => (long?)facts.Status),
        new("error_kind", FactType.Text, facts => facts.ErrorKind),
        new("error_type", FactType.Text, facts => facts.ErrorType),
        new("streaming", FactType.Truth, facts => facts.IsStreaming),
        new("frames", FactType.Integer, facts => (long)facts.Frames),
        new("started_at", FactType.Time, facts => facts.StartedAt?.UtcDateTime),
        new("duration_ms", FactType.Number, facts => Milliseconds(facts.Duration)),
        new("time_to_first_frame_ms", FactType.Number, facts => Milliseconds(facts.TimeToFirstFrame)),
        new("input_tokens", FactType.Integer, facts => facts.Usage?.PromptTokens),
        new("output_tokens", FactType.Integer, facts => facts.Usage?.CompletionTokens),
        new("cached_tokens", FactType.Integer, facts => facts.Usage?.CachedTokens),
        new("reasoning_tokens", FactType.Integer, facts => facts.Usage?.ReasoningTokens),
        new("finish_reasons", FactType.Texts, facts => facts.FinishReasons),
        new("raw_finish_reasons", FactType.Texts, facts => facts.RawFinishReasons),
        new("tools_offered", FactType.Texts, facts => facts.ToolsOffered),
        new("tools_called", FactType.Texts, facts => facts.ToolsCalled),
        new("message_count", FactType.Integer, facts => (long)facts.MessageCount),
        new("request_hash", FactType.Text, facts => facts.RequestHash),
        new("conversation_id", FactType.Text, facts => facts.ConversationId),
        new("reconstructed", FactType.Truth, facts => facts.IsReconstructed),
        new("bytes", FactType.Integer, facts => facts.Bytes),
        new(Cost, FactType.Number, facts => (double?)facts.Cost),
    ];

    private static double? Milliseconds(TimeSpan? time) =>
        time is { } value ? Math.Round(value.TotalMilliseconds, DecimalsOfMilliseconds) : null;
}
