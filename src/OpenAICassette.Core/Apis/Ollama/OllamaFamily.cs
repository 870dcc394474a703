using System.Text.Json;

namespace OpenAICassette.Apis.Ollama;

/// <summary>Ollama's own API.</summary>
internal sealed class OllamaFamily : IApiFamily
{
    private OllamaFamily() { }

    /// <summary>Gets the family.</summary>
    public static OllamaFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "ollama";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("http://127.0.0.1:11434");

    /// <inheritdoc/>
    public IReadOnlyList<string> UpstreamVariables { get; } = ["OLLAMA_HOST"];

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary { get; } =
        new()
        {
            ParameterGroups = ["options"],
            VolatileRequestMembers = ["/options/seed", "/keep_alive"],
            VolatileResponseMembers =
            [
                "modified_at",
                "total_duration",
                "load_duration",
                "prompt_eval_duration",
                "eval_duration",
            ],
            RoutineMembers = ["done", "prompt_eval_count", "eval_count", "context"],
            SilentMembers = ["embeddings"],
            Containers = ["message", "response"],
            WholeTexts = ["done_reason"],
            Usage = new UsageNames { Prompt = ["prompt_eval_count"], Completion = ["eval_count"] },
        };

    /// <inheritdoc/>
    public IModelLists ModelLists => OllamaModelLists.Instance;

    /// <inheritdoc/>
    public bool StreamsLines => true;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> ClientVariables(string root) => [new("OLLAMA_HOST", root)];

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments switch
        {
            ["api", "chat" or "generate"] => "ollama",
            ["api", "embed" or "embeddings"] => "ollama-embeddings",
            ["api", "tags" or "ps" or "show" or "pull" or "push"] => "ollama-other",
            ["api", "create" or "copy" or "delete" or "version"] => "ollama-other",
            _ => null,
        };

    /// <inheritdoc/>
    public string? PathOf(JsonValue answer)
    {
        if (answer["done"].Exists && answer["message"].Exists)
        {
            return "/api/chat";
        }

        if (answer["done"].Exists && answer["response"].Exists)
        {
            return "/api/generate";
        }

        return answer["embeddings"].Exists && answer["total_duration"].Exists ? "/api/embed" : null;
    }

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer)
    {
        if (PathOf(answer) is { } path)
        {
            return new(path);
        }

        var model = answer["models"][0];
        return model["digest"].Exists && model["details"]["family"].Exists ? new("/api/tags", "GET")
            : answer["modelfile"].Exists && answer["template"].Exists ? new("/api/show")
            : null;
    }

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) =>
        data["done"].Exists && (data["message"].Exists || data["response"].Exists)
            ? ResponseShape.Chunk
            : ResponseShape.None;

    /// <inheritdoc/>
    public StreamEnd EndOf(JsonValue data, string? type) => new("\"done\": true", data["done"].Truth == true);

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces) => OllamaChunk.Read(data, pieces);

    /// <inheritdoc/>
    public IEnumerable<JsonValue> FindVectors(JsonValue data) =>
        data["embedding"].Kind == JsonValueKind.Array
            ? [data["embedding"]]
            : data["embeddings"].Elements.Where(vector => vector.Kind == JsonValueKind.Array);

    /// <inheritdoc/>
    public void WriteError(Utf8JsonWriter writer, string message, string? type, Action<Utf8JsonWriter>? more)
    {
        writer.WriteString("error", message);
        more?.Invoke(writer);
    }
}
