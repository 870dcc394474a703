using System.Text.Json;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>
/// OpenAI's API and those of the many services that follow it: chat completions, completions, the Responses API,
/// embeddings and the rest.
/// </summary>
internal sealed class OpenAIFamily : IApiFamily
{
    private OpenAIFamily() { }

    /// <summary>Gets the family.</summary>
    public static OpenAIFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "openai";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("https://api.openai.com/v1");

    /// <inheritdoc/>
    public IReadOnlyList<string> UpstreamVariables { get; } =
    ["OPENAI_BASE_URL", "OPENAI_API_BASE", "AZURE_OPENAI_ENDPOINT"];

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary => OpenAIVocabulary.Instance;

    /// <inheritdoc/>
    public IModelLists ModelLists => OpenAIModelLists.Instance;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> ClientVariables(string root) =>
        [
            new("AZURE_OPENAI_ENDPOINT", root),
            new("OPENAI_API_BASE", $"{root}/v1"),
            new("OPENAI_API_KEY", "cassette"),
            new("OPENAI_BASE_URL", $"{root}/v1"),
        ];

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments switch
        {
            // The same paths list what is stored, and open a WebSocket.
            ["chat", "completions"] when method is "GET" => "openai-other",
            ["responses"] when method is "GET" => null,
            ["responses", _] when method is "DELETE" => "openai-other",
            ["chat", "completions"] => "openai-chat",
            ["completions"] => "openai-completions",
            ["responses", "compact" or "input_tokens"] => "openai-other",
            ["responses"] or ["responses", _] or ["responses", _, "cancel"] => "openai-responses",
            ["embeddings"] => "openai-embeddings",
            ["images", ..] => "openai-images",
            ["audio", ..] => "openai-audio",

            // Azure's AI Inference asks all models under one path.
            ["models", "chat" or "embeddings", ..] => null,
            ["chat" or "completions" or "responses" or "embeddings" or "moderations", ..] => "openai-other",
            ["models" or "files" or "uploads" or "batches" or "fine_tuning" or "evals", ..] => "openai-other",
            ["assistants" or "threads" or "conversations" or "vector_stores", ..] => "openai-other",
            ["containers" or "skills" or "videos" or "realtime", ..] => "openai-other",
            ["organization", ..] => "openai-other",
            _ => null,
        };

    /// <inheritdoc/>
    public string? PathOf(JsonValue answer)
    {
        var kind = answer["object"].Text;
        if (kind == "response" || answer["type"].Text?.StartsWith("response.", StringComparison.Ordinal) == true)
        {
            return "/v1/responses";
        }

        if (kind == "list" && answer["data"][0]["object"].Text == "embedding")
        {
            return "/v1/embeddings";
        }

        var choice = answer["choices"][0];
        if (kind == "text_completion" || choice["text"].Exists)
        {
            return "/v1/completions";
        }

        var isChat = kind is "chat.completion" or "chat.completion.chunk";
        return isChat || choice["message"].Exists || choice["delta"].Exists ? "/v1/chat/completions" : null;
    }

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer) =>
        PathOf(answer) is { } path ? new AnsweredCall(path) : OpenAIAnswer.CallOf(answer);

    /// <inheritdoc/>
    public string? FindModel(ReadOnlySpan<string> segments) => segments is ["models", var model] ? model : null;

    /// <inheritdoc/>
    public bool NamesModel(ReadOnlySpan<string> segments) => segments is ["deployments" or "engines", _, _, ..];

    /// <inheritdoc/>
    public IReadOnlyList<Message>? ReadItem(JsonValue item, string? type) => ResponsesItem.Read(item, type);

    /// <inheritdoc/>
    public MediaSource FindMedia(JsonValue part, string? type) => OpenAIMedia.Find(part, type);

    /// <inheritdoc/>
    public IEnumerable<JsonValue> FindTools(JsonValue body) => [body["tools"], body["functions"]];

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) =>
        data["choices"].Kind == JsonValueKind.Array ? ChatChunk.ShapeOf(data)
        : AudioEvent.Is(type) ? ResponseShape.Chunk
        : ResponsesChunk.ShapeOf(data, type);

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces)
    {
        if (data["choices"].Kind == JsonValueKind.Array)
        {
            ChatChunk.Read(data, pieces);
        }
        else if (AudioEvent.Is(type))
        {
            AudioEvent.Read(data, type, pieces);
        }
        else
        {
            ResponsesChunk.Read(data, type, pieces);
        }
    }

    /// <inheritdoc/>
    public string? FindResponseId(JsonValue data) => data["id"].Text ?? data["response"]["id"].Text;

    /// <inheritdoc/>
    public string? FindAnswerId(JsonValue data) => RealtimeEvent.FindResponseId(data);

    /// <summary>Returns whether a response ends; some tests keep several in one file.</summary>
    public bool EndsTurn(JsonValue data) => data["type"].Text == "response.completed";

    /// <inheritdoc/>
    public IReadOnlyList<Message>? ReadSent(JsonValue data) => RealtimeEvent.ReadSent(data);

    /// <inheritdoc/>
    public SpeechEvent ReadSpeech(JsonValue data) => RealtimeEvent.ReadSpeech(data);

    /// <inheritdoc/>
    public JsonValue FindSettings(JsonValue data) => RealtimeEvent.FindSettings(data);

    /// <inheritdoc/>
    public string? FindAudioType(JsonValue data, FrameDirection side) =>
        side == FrameDirection.Received && data["audio"]["format"].Text is { } format
            ? $"audio/{format}"
            : RealtimeEvent.FindAudioType(data, side);

    /// <inheritdoc/>
    public IReadOnlyList<ChoiceLogProbs> ReadLogProbs(JsonValue data) => LogProbReader.Read(data);

    /// <inheritdoc/>
    public IEnumerable<JsonValue> FindVectors(JsonValue data) =>
        data["data"].Elements.Select(item => item["embedding"]).Where(vector => vector.Exists);

    /// <inheritdoc/>
    public string EncodeVectors(string operation, string body, bool asText) =>
        operation == "embeddings" ? EmbeddingText.Write(body, asText) : body;

    /// <inheritdoc/>
    public bool EndsEachChoice(JsonValue data) => data["choices"].Elements.Any();

    /// <inheritdoc/>
    public StreamEnd EndOf(JsonValue data, string? type) =>
        data["choices"].Kind == JsonValueKind.Array ? ChatChunk.EndOf(data)
        : AudioEvent.Is(type) ? AudioEvent.EndOf(type!)
        : ResponsesChunk.EndOf(type);

    /// <inheritdoc/>
    public IEnumerable<string> TextToolsIn(JsonValue data) =>
        data["choices"].Exists ? ChatChunk.TextToolsIn(data) : ResponsesChunk.TextToolsIn(data);

    /// <inheritdoc/>
    public (long Sum, long Reported)? AddUp(JsonValue usage)
    {
        if (usage["prompt_tokens"].WholeNumber is not { } prompt || usage["total_tokens"].WholeNumber is not { } total)
        {
            return null;
        }

        // xAI counts what the model thought beside the completion and not as a part of it.
        var sum = prompt + (usage["completion_tokens"].WholeNumber ?? 0);
        var thoughts = usage["completion_tokens_details"]["reasoning_tokens"].WholeNumber ?? 0;
        return (sum + thoughts == total ? total : sum, total);
    }

    /// <inheritdoc/>
    public bool NamesEvent(string type) => ResponsesChunk.IsEvent(type);

    /// <inheritdoc/>
    public bool EndsWithDone(JsonValue last) => last["choices"].Exists;
}
