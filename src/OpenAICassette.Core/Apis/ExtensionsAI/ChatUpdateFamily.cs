namespace OpenAICassette.Apis.ExtensionsAI;

/// <summary>
/// The chat client of Microsoft.Extensions.AI, whose streams are objects of the class ChatResponseUpdate and whose
/// other answers are a ChatResponse, whatever the service behind it.
/// </summary>
internal sealed class ChatUpdateFamily : IApiFamily
{
    private ChatUpdateFamily() { }

    /// <summary>The family.</summary>
    public static ChatUpdateFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "extensions-ai";

    /// <inheritdoc/>
    public Uri Upstream => ApiFamilies.Default.Upstream;

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary { get; } =
        new()
        {
            CallIds = ["callId"],
            VolatileResponseMembers = ["messageId", "createdAt"],
            RoutineMembers = ["modelId", "details", "informationalOnly"],
            SilentMembers = ["$type"],
            Containers = ["contents"],
            Usage = new UsageNames
            {
                Prompt = ["inputTokenCount"],
                Completion = ["outputTokenCount"],
                Total = ["totalTokenCount"],
                Cached = ["cachedInputTokenCount"],
                Reasoning = ["reasoningTokenCount"],
            },
        };

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments is ["IChatClient", ..] ? "other-llm" : null;

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type)
    {
        var isUpdate = data["contents"].Exists && (data["messageId"].Exists || data["contents"][0]["$type"].Exists);
        return isUpdate ? ResponseShape.Chunk
            : data["messages"][0]["contents"][0]["$type"].Exists ? ResponseShape.Whole
            : ResponseShape.None;
    }

    /// <inheritdoc/>
    public string? FindResponseId(JsonValue data) => data["responseId"].Text is { Length: > 0 } id ? id : null;

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Model, data["modelId"]);
        pieces.Add(StreamPieceKind.Role, data["role"]);
        foreach (var message in data["messages"].Elements)
        {
            pieces.Add(StreamPieceKind.Role, message["role"]);
            ReadContents(message["contents"], pieces);
        }

        ReadContents(data["contents"], pieces);
        pieces.Add(StreamPieceKind.Usage, data["usage"]);
        pieces.Add(StreamPieceKind.FinishReason, data["finishReason"]);
    }

    private static void ReadContents(JsonValue contents, PieceList pieces)
    {
        foreach (var content in contents.Elements)
        {
            switch (content["$type"].Text)
            {
                case "text":
                    pieces.Add(StreamPieceKind.Text, content["text"]);
                    break;
                case "reasoning":
                    pieces.Add(StreamPieceKind.Reasoning, content["text"]);
                    break;
                case "functionCall":
                    pieces.AddToolCall(content["callId"], content["name"], content["arguments"], 0, 0);
                    break;
                case "usage":
                    pieces.Add(StreamPieceKind.Usage, content["details"]);
                    break;
                case "error":
                    pieces.Add(StreamPieceKind.Error, content);
                    break;
                default:
                    pieces.Add(StreamPieceKind.Part, content);
                    break;
            }
        }
    }
}
