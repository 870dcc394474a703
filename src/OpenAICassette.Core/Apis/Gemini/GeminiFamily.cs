namespace OpenAICassette.Apis.Gemini;

/// <summary>
/// Google's generateContent and embedContent, with names in camel case as sent, or in snake case as the Python SDK
/// keeps them.
/// </summary>
internal sealed class GeminiFamily : IApiFamily
{
    private GeminiFamily() { }

    /// <summary>Gets the family.</summary>
    public static GeminiFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "gemini";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("https://generativelanguage.googleapis.com");

    /// <inheritdoc/>
    public IReadOnlyList<string> UpstreamVariables { get; } = ["GOOGLE_GEMINI_BASE_URL"];

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary => GeminiVocabulary.Instance;

    /// <inheritdoc/>
    public IWholeChunks WholeChunks => GeminiStream.Instance;

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments switch
        {
            ["models" or "tunedModels", var call] => IdentifyMethod(call),
            ["generate_content" or "generate_content_stream"] => "gemini",
            ["cachedContents", ..] => "gemini-other",
            ["embed_content"] => "gemini-embeddings",
            _ => null,
        };

    /// <inheritdoc/>
    public string? PathOf(JsonValue answer)
    {
        if (answer["candidates"].Exists || answer["usageMetadata"].Exists)
        {
            var model = answer["modelVersion"].Text;
            return model is null ? "/v1beta/generate_content" : $"/v1beta/models/{model}:generateContent";
        }

        var isEmbedding = answer["embedding"]["values"].Exists || answer["embeddings"][0]["values"].Exists;
        return isEmbedding ? "/v1beta/embed_content" : null;
    }

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer) => GeminiAnswer.CallOf(answer, PathOf(answer));

    /// <inheritdoc/>
    public string? FindModel(ReadOnlySpan<string> segments) =>
        segments is ["models" or "tunedModels", var call] && call.LastIndexOf(':') is var end && end > 0
            ? call[..end]
            : null;

    /// <inheritdoc/>
    public bool Owns(string host) =>
        host is "generativelanguage.googleapis.com" or "aiplatform.googleapis.com"
        || host.EndsWith("-aiplatform.googleapis.com", StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool TryReadBlock(JsonValue block, string? type, MessageDraft message)
    {
        if (GeminiNames.Find(block, "function_response", "functionResponse") is { HasValue: true } result)
        {
            var content = result["content"].Exists ? result["content"] : result["response"];
            message.AddResult(result["id"], result["name"], content.Exists ? content : result["result"]);
            return true;
        }

        if (GeminiNames.Find(block, "function_call", "functionCall") is { HasValue: true } call)
        {
            message.AddCall(call["id"], call["name"], call["args"].Exists ? call["args"] : call["arguments"]);
            return true;
        }

        if (block["thought"].Truth == true)
        {
            message.AddThought(block["text"].Text ?? string.Empty);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public MediaSource FindMedia(JsonValue part, string? type)
    {
        if (type is not ("inline_data" or "inlineData" or "file_data" or "fileData"))
        {
            return default;
        }

        var inline = part[type];
        return type is "inline_data" or "inlineData"
            ? MediaSource.OfData(inline["data"], GeminiNames.Find(inline, "mime_type", "mimeType").Text)
            : MediaSource.OfReference(ContentPartKind.File, GeminiNames.Find(inline, "file_uri", "fileUri"));
    }

    /// <inheritdoc/>
    public IEnumerable<JsonValue> FindTools(JsonValue body) => [body["config"]["tools"]];

    /// <inheritdoc/>
    public IEnumerable<JsonValue>? FindFunctions(JsonValue tool)
    {
        var declared = GeminiNames.Find(tool, "function_declarations", "functionDeclarations");
        return declared.Kind == System.Text.Json.JsonValueKind.Array ? declared.Elements : null;
    }

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) =>
        LiveMessage.Is(data) ? ResponseShape.Chunk
        : data["candidates"].Exists || GeminiNames.Find(data, "usage_metadata", "usageMetadata").Exists
            ? ResponseShape.Either
        : ResponseShape.None;

    /// <inheritdoc/>
    public StreamEnd EndOf(JsonValue data, string? type) => new("a finish reason", GeminiStream.Instance.IsEnd(data));

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces) => GeminiChunk.Read(data, pieces);

    /// <inheritdoc/>
    public bool EndsTurn(JsonValue data) => LiveMessage.EndsTurn(data);

    /// <inheritdoc/>
    public IReadOnlyList<Message>? ReadSent(JsonValue data) => LiveMessage.ReadSent(data);

    /// <inheritdoc/>
    public SpeechEvent ReadSpeech(JsonValue data) => LiveMessage.ReadSpeech(data);

    /// <inheritdoc/>
    public JsonValue FindSettings(JsonValue data) => data["setup"];

    /// <inheritdoc/>
    public IEnumerable<JsonValue> FindVectors(JsonValue data) =>
        data["embeddings"]
            .Elements.Prepend(data["embedding"])
            .Concat(data["predictions"].Elements.Select(prediction => prediction["embeddings"]))
            .Select(embedding => embedding["values"])
            .Where(vector => vector.Exists);

    private static string? IdentifyMethod(string call) =>
        call[(call.LastIndexOf(':') + 1)..] switch
        {
            "generateContent" or "streamGenerateContent" => "gemini",
            "embedContent" or "batchEmbedContents" or "asyncBatchEmbedContent" => "gemini-embeddings",
            "predict" when call.Contains(':') => "vertex-predict",

            // Models of other companies on Vertex AI; Anthropic's have a family of their own.
            "rawPredict" or "streamRawPredict" when !call.StartsWith("claude", StringComparison.Ordinal) =>
                "vertex-predict",
            "countTokens" or "generateAnswer" or "batchGenerateContent" => "gemini-other",
            _ => null,
        };
}
