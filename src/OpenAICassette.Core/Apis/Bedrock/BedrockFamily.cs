using System.Text.Json;

namespace OpenAICassette.Apis.Bedrock;

/// <summary>
/// Amazon Bedrock's Converse and ConverseStream
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html). The path names the model. A
/// stream's frames are read as the JSON objects that SDKs make of them; the binary event stream is not read yet.
/// </summary>
internal sealed class BedrockFamily : IApiFamily
{
    private BedrockFamily() { }

    /// <summary>Gets the family.</summary>
    public static BedrockFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "bedrock";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("https://bedrock-runtime.us-east-1.amazonaws.com");

    /// <inheritdoc/>
    public IReadOnlyList<string> UpstreamVariables { get; } = ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_ENDPOINT_URL"];

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary { get; } =
        new()
        {
            ParameterGroups = ["inferenceConfig", "toolConfig", "additionalModelRequestFields"],
            Schemas = ["inputSchema.json"],
            VolatileRequestMembers = ["/requestMetadata"],
            CallIds = ["toolUseId"],
            VolatileResponseMembers = ["latencyMs", "toolUseId"],
            RoutineMembers = ["stopReason", "metrics", "metadata"],
            SilentMembers = ["contentBlockIndex"],
            Containers =
            [
                "output",
                "message",
                "content",
                "messageStart",
                "contentBlockStart",
                "contentBlockDelta",
                "contentBlockStop",
                "messageStop",
                "start",
                "delta",
                "toolUse",
                "reasoningContent",
                "reasoningText",
            ],
            TextIndexes = ["contentBlockIndex"],
            WholeTexts = ["stopReason", "toolUseId"],
            Usage = new UsageNames
            {
                Prompt = ["inputTokens", "inputTextTokenCount", "inputTokenCount", "prompt_token_count"],
                Completion =
                [
                    "outputTokens",
                    "totalOutputTextTokenCount",
                    "outputTokenCount",
                    "tokenCount",
                    "generation_token_count",
                ],
                Total = ["totalTokens"],
                Cached = ["cacheReadInputTokens"],
            },
        };

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments switch
        {
            ["converse" or "converse-stream"] => "bedrock-converse",
            ["invoke" or "invoke-with-response-stream"] => "bedrock-invoke",
            ["count-tokens"] or ["agents", _, "agentAliases", ..] or ["retrieveAndGenerate"] => "bedrock-other",
            _ => null,
        };

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer)
    {
        var output = answer["output"]["message"]["content"];
        return output.Kind == JsonValueKind.Array && answer["stopReason"].Text is not null ? new("/converse")
            : ConverseFrame.Begins(answer) ? new("/converse-stream")
            : InvokeResponse.IsCertain(answer) ? new("/invoke")
            : null;
    }

    /// <inheritdoc/>
    public bool NamesModel(ReadOnlySpan<string> segments) =>
        segments is ["model", _, var call] && Identify([call], null) is not null;

    /// <inheritdoc/>
    public bool Owns(string host) =>
        host.StartsWith("bedrock", StringComparison.Ordinal)
        && (
            host.EndsWith(".amazonaws.com", StringComparison.Ordinal)
            || host.EndsWith(".api.aws", StringComparison.Ordinal)
        );

    /// <inheritdoc/>
    public string NoArguments => "{}";

    /// <inheritdoc/>
    public bool TryReadBlock(JsonValue block, string? type, MessageDraft message) =>
        BedrockBlock.TryRead(block, message);

    /// <inheritdoc/>
    public MediaSource FindMedia(JsonValue part, string? type) => BedrockBlock.FindMedia(part, type);

    /// <inheritdoc/>
    public IEnumerable<JsonValue> FindTools(JsonValue body) => [body["toolConfig"]["tools"]];

    /// <inheritdoc/>
    public IEnumerable<JsonValue>? FindFunctions(JsonValue tool) =>
        tool["toolSpec"].HasValue ? [tool["toolSpec"]] : null;

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) =>
        data["output"]["message"].Exists && data["stopReason"].Exists ? ResponseShape.Whole
        : ConverseFrame.IsFrame(data) ? ResponseShape.Chunk
        : InvokeResponse.ShapeOf(data);

    /// <inheritdoc/>
    public StreamEnd EndOf(JsonValue data, string? type) =>
        ConverseFrame.IsFrame(data)
            ? new("messageStop", data["messageStop"].Exists)
            : new("a stop reason", InvokeResponse.IsEnd(data));

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces)
    {
        if (data["output"].Exists)
        {
            ConverseResponse.Read(data, pieces);
        }
        else if (InvokeResponse.ShapeOf(data) != ResponseShape.None)
        {
            InvokeResponse.Read(data, pieces);
        }
        else
        {
            ConverseFrame.Read(data, pieces);
        }
    }

    /// <inheritdoc/>
    public string WrapError(JsonValue body) => body.ToCompactJson();

    /// <inheritdoc/>
    public void WriteError(Utf8JsonWriter writer, string message, string? type, Action<Utf8JsonWriter>? more)
    {
        writer.WriteString("message", message);
        more?.Invoke(writer);
    }
}
