namespace OpenAICassette.Apis.Xai;

/// <summary>
/// The gRPC API of xAI, as recorders keep it: messages of Protocol Buffers in JSON. Its HTTP API is that of OpenAI.
/// </summary>
internal sealed class XaiFamily : IApiFamily
{
    private XaiFamily() { }

    /// <summary>The family.</summary>
    public static XaiFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "xai";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("https://api.x.ai");

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary { get; } =
        new()
        {
            Containers = ["outputs", "delta"],
            RoutineMembers = ["system_fingerprint", "settings"],
            Usage = new UsageNames { Cached = ["cached_prompt_text_tokens"] },
        };

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments is ["xai", ..] && method == ExchangeDraft.GrpcMethod ? "other-llm" : null;

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type)
    {
        var output = data["outputs"][0];
        return output["message"].Exists ? ResponseShape.Whole
            : output["delta"].Exists ? ResponseShape.Chunk
            : ResponseShape.None;
    }

    /// <summary>
    /// Reads a chunk or a whole response. Its outputs are the steps of one answer: calls of the service's own tools,
    /// what these gave, and the text.
    /// </summary>
    public void Read(JsonValue data, string? type, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Model, data["model"]);
        foreach (var output in data["outputs"].Elements)
        {
            var slot = (int)(output["index"].WholeNumber ?? 0);
            var message = output["message"].Exists ? output["message"] : output["delta"];
            if (message["role"].Text == "ROLE_TOOL")
            {
                // It repeats the call that it answers.
                pieces.Add(StreamPieceKind.Part, message, slot: slot);
                continue;
            }

            pieces.Add(StreamPieceKind.Role, message["role"], slot: slot);
            pieces.Add(StreamPieceKind.Reasoning, message["reasoning_content"], slot: slot);
            pieces.Add(StreamPieceKind.Text, message["content"], slot: slot);
            foreach (var call in message["tool_calls"].Elements)
            {
                var function = call["function"];
                pieces.AddToolCall(call["id"], function["name"], function["arguments"], 0, slot);
            }

            pieces.Add(StreamPieceKind.FinishReason, output["finish_reason"], slot: slot);
        }

        pieces.Add(StreamPieceKind.Usage, data["usage"]);
    }
}
