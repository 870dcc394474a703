namespace OpenAICassette.Apis.Gemini;

/// <summary>Google's Interactions API.</summary>
internal sealed class InteractionsFamily : IApiFamily
{
    private InteractionsFamily() { }

    /// <summary>Gets the family.</summary>
    public static InteractionsFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "gemini";

    /// <inheritdoc/>
    public Uri Upstream => GeminiFamily.Instance.Upstream;

    /// <inheritdoc/>
    public IReadOnlyList<string> UpstreamVariables => GeminiFamily.Instance.UpstreamVariables;

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary { get; } =
        new()
        {
            PreviousIds = ["previous_interaction_id"],
            VolatileResponseMembers = ["interaction_id"],
            SilentMembers = ["event_type"],
            Containers = ["interaction", "outputs", "delta", "steps", "step"],
            WholeTexts = ["event_type"],
            Usage = new UsageNames
            {
                Prompt = ["total_input_tokens"],
                Completion = ["total_output_tokens"],
                Cached = ["total_cached_tokens"],
                Reasoning = ["total_thought_tokens"],
            },
        };

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments is ["interactions", ..] ? "gemini-other" : null;

    /// <inheritdoc/>
    public bool Generates(string api) => true;

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer)
    {
        var isEvent =
            answer["event_type"].Text is { } name && name.StartsWith("interaction.", StringComparison.Ordinal);
        return isEvent || IsInteraction(answer) ? new("/v1beta/interactions") : null;
    }

    /// <inheritdoc/>
    public bool TryReadBlock(JsonValue block, string? type, MessageDraft message)
    {
        switch (type)
        {
            case "function_result":
                var content = block["content"].Exists ? block["content"] : block["response"];
                var id = block["call_id"].HasValue ? block["call_id"] : block["id"];
                message.AddResult(id, block["name"], content.Exists ? content : block["result"]);
                return true;
            case "function_call":
                message.AddCall(block["id"], block["name"], block["args"].Exists ? block["args"] : block["arguments"]);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public MediaSource FindMedia(JsonValue part, string? type) =>
        type == "image" && part["data"].Text is not null
            ? MediaSource.OfData(part["data"], part["mime_type"].Text ?? "image/*")
            : default;

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) =>
        data["event_type"].Text is { } name && IsEvent(name) ? ResponseShape.Chunk
        : IsInteraction(data) ? ResponseShape.Whole
        : ResponseShape.None;

    /// <inheritdoc/>
    public StreamEnd EndOf(JsonValue data, string? type) =>
        new(
            "interaction.completed",
            data["event_type"].Text
                is null
                    or "interaction.complete"
                    or "interaction.completed"
                    or "interaction.failed"
                    or "interaction.cancelled"
        );

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces) => InteractionsChunk.Read(data, pieces);

    /// <inheritdoc/>
    public string? FindResponseId(JsonValue data) => data["id"].Text ?? data["interaction"]["id"].Text;

    /// <summary>Returns whether a value is a whole interaction; some versions of the API do not call it so.</summary>
    private static bool IsInteraction(JsonValue data) =>
        data["object"].Text == "interaction"
        || (
            data["status"].Text is not null
            && data["usage"]["total_input_tokens"].Exists
            && (data["steps"].Exists || data["outputs"].Exists)
        );

    /// <summary>Returns whether an event is one of this API; those of Cohere's have the same member.</summary>
    private static bool IsEvent(string name) => name == "error" || name.Contains('.');
}
