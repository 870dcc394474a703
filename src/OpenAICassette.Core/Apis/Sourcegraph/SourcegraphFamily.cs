namespace OpenAICassette.Apis.Sourcegraph;

/// <summary>
/// Represents the completions of a Sourcegraph instance, which Cody asks: events named completion with
/// <c>deltaText</c>, or with all of the text so far in the versions before.
/// </summary>
internal sealed class SourcegraphFamily : IApiFamily
{
    private SourcegraphFamily() { }

    /// <summary>Gets the family.</summary>
    public static SourcegraphFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "sourcegraph";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("https://sourcegraph.com");

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary { get; } = new() { RoutineMembers = ["stopReason"] };

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments is [".api", "completions", "stream" or "code"] ? "other-llm" : null;

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) =>
        data["deltaText"].Exists ? ResponseShape.Chunk : ResponseShape.None;

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Text, data["deltaText"]);
        pieces.Add(StreamPieceKind.FinishReason, data["stopReason"]);
    }
}
