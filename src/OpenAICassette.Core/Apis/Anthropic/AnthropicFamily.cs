using System.Text.Json;

namespace OpenAICassette.Apis.Anthropic;

/// <summary>Anthropic's Messages API.</summary>
internal sealed class AnthropicFamily : IApiFamily
{
    private AnthropicFamily() { }

    /// <summary>Gets the family.</summary>
    public static AnthropicFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "anthropic";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("https://api.anthropic.com");

    /// <inheritdoc/>
    public IReadOnlyList<string> UpstreamVariables { get; } = ["ANTHROPIC_BASE_URL"];

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary { get; } =
        new()
        {
            System = ["system"],
            Inputs = ["messages"],
            Schemas = ["input_schema"],
            VolatileQueryParameters = ["beta"],
            CallIds = ["tool_use_id"],
            VolatileResponseMembers = ["signature"],
            RoutineMembers = ["stop_reason"],
            Containers = ["message", "delta", "content_block", "content"],
            WholeTexts = ["stop_reason", "signature"],
            Usage = new UsageNames
            {
                Prompt = ["input_tokens"],
                Completion = ["output_tokens"],
                Cached = ["cache_read_input_tokens"],
            },
        };

    /// <inheritdoc/>
    public string ErrorEvent => "error";

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> ClientVariables(string root) => [new("ANTHROPIC_BASE_URL", root)];

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments switch
        {
            ["messages"] => "anthropic-messages",
            ["messages", ..] => "anthropic-other",

            // Google's Vertex AI.
            ["models", var call] when IsVertexCall(call) => "anthropic-messages",
            _ => null,
        };

    /// <inheritdoc/>
    public bool Owns(string host) => host == "api.anthropic.com";

    /// <inheritdoc/>
    public string? PathOf(JsonValue answer)
    {
        var isMessage = answer["type"].Text == "message" && answer["content"].Exists;
        return isMessage || answer["type"].Text == "message_start" ? "/v1/messages" : null;
    }

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer)
    {
        if (PathOf(answer) is { } path)
        {
            return new(path);
        }

        // OpenAI has the same paths.
        var type = answer["type"].Text;
        var isSkill =
            (type == "skill_version" && answer["skill_id"].Exists)
            || (answer["display_title"].Exists && answer["latest_version"].Exists && answer["source"].Exists);
        return isSkill ? new("/v1/skills") { Service = Upstream }
            : type == "file" && answer["mime_type"].Exists && answer["size_bytes"].Exists
                ? new("/v1/files") { Service = Upstream }
            : type == "message_batch" && answer["processing_status"].Exists ? new("/v1/messages/batches")
            : ErrorAnswer.StatusOfAnthropic(answer) is { } status ? new("/v1/messages") { Status = status }
            : null;
    }

    /// <inheritdoc/>
    public string? FindModel(ReadOnlySpan<string> segments) =>
        segments is ["models", var call] && IsVertexCall(call) ? call[..call.LastIndexOf(':')] : null;

    /// <inheritdoc/>
    public string NoArguments => "{}";

    /// <inheritdoc/>
    public bool TryReadBlock(JsonValue block, string? type, MessageDraft message)
    {
        switch (type)
        {
            case "tool_result":
                var id = block["tool_use_id"].HasValue ? block["tool_use_id"] : block["id"];
                message.AddResult(id, block["name"], block["content"]);
                return true;
            case "tool_use" or "server_tool_use" or "mcp_tool_use":
                message.AddCall(block["id"], block["name"], block["input"]);
                return true;
            case "thinking":
                message.AddThought(Thought(block));
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public MediaSource FindMedia(JsonValue part, string? type)
    {
        var source = part["source"];
        if (type is not ("image" or "document") || source["type"].Text == "text")
        {
            return default;
        }

        var isImage = type == "image";
        var kind = isImage ? ContentPartKind.Image : ContentPartKind.File;
        if (source["url"].Text is not null)
        {
            return MediaSource.OfReference(kind, source["url"]);
        }

        var mediaType = source["media_type"].Text ?? (isImage ? "image/*" : string.Empty);
        return source["data"].Text is not null ? new MediaSource(kind, source["data"], mediaType) : default;
    }

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) => MessagesChunk.ShapeOf(type);

    /// <inheritdoc/>
    public StreamEnd EndOf(JsonValue data, string? type) => new("message_stop", type is "message_stop" or "message");

    /// <summary>Returns whether a message ends; some tests keep several in one file.</summary>
    public bool EndsTurn(JsonValue data) => data["type"].Text == "message_stop";

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces) => MessagesChunk.Read(data, type!, pieces);

    /// <inheritdoc/>
    public string? FindResponseId(JsonValue data) => data["id"].Text ?? data["message"]["id"].Text;

    /// <inheritdoc/>
    public bool NamesEvent(string type) => MessagesChunk.ShapeOf(type) != ResponseShape.None;

    /// <inheritdoc/>
    public string WrapError(JsonValue body) =>
        body["error"].HasValue || body["type"].Text == "error"
            ? body.ToCompactJson()
            : $"{{\"error\":{body.ToCompactJson()}}}";

    /// <inheritdoc/>
    public void WriteError(Utf8JsonWriter writer, string message, string? type, Action<Utf8JsonWriter>? more)
    {
        writer.WriteString("type", "error");
        writer.WriteStartObject("error");
        writer.WriteString("message", message);
        writer.WriteString("type", type ?? "api_error");
        more?.Invoke(writer);
        writer.WriteEndObject();
    }

    private static bool IsVertexCall(string call) =>
        call.StartsWith("claude", StringComparison.Ordinal)
        && (
            call.EndsWith(":rawPredict", StringComparison.Ordinal)
            || call.EndsWith(":streamRawPredict", StringComparison.Ordinal)
        );

    /// <summary>Returns the text of a thought; Mistral's is a list of texts.</summary>
    private static string Thought(JsonValue block) =>
        block["thinking"].Text
        ?? block["text"].Text
        ?? string.Concat(block["thinking"].Elements.Select(part => part["text"].Text));
}
