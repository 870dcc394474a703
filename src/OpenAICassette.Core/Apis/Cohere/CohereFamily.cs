using System.Text.Json;

namespace OpenAICassette.Apis.Cohere;

/// <summary>Cohere's chat, version 2 (https://docs.cohere.com/reference/chat and /reference/chat-stream).</summary>
internal sealed class CohereFamily : IApiFamily
{
    private CohereFamily() { }

    /// <summary>Gets the family.</summary>
    public static CohereFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "cohere";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("https://api.cohere.com");

    /// <inheritdoc/>
    public IReadOnlyList<string> UpstreamVariables { get; } = ["CO_API_URL"];

    /// <inheritdoc/>
    public ApiVocabulary Vocabulary { get; } =
        new()
        {
            Thoughts = ["tool_plan"],
            Usage = new UsageNames
            {
                Prompt = ["tokens.input_tokens", "billed_units.input_tokens"],
                Completion = ["tokens.output_tokens", "billed_units.output_tokens"],
                Cached = ["cached_tokens"],
            },
        };

    /// <inheritdoc/>
    public bool Owns(string host) => host is "api.cohere.com" or "api.cohere.ai";

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments switch
        {
            ["chat"] => "cohere-chat",
            ["embed"] => "cohere-other",
            _ => null,
        };

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer)
    {
        var isCounted = answer["usage"]["billed_units"].Exists || answer["usage"]["tokens"].Exists;
        var isOwn = answer["meta"]["api_version"]["version"].Exists || answer["meta"]["billed_units"].Exists;
        return answer["type"].Text == "message-start" && answer["delta"]["message"].Exists ? new("/v2/chat")
            : answer["message"]["role"].Exists && answer["finish_reason"].Exists && isCounted ? new("/v2/chat")
            : answer["generation_id"].Exists && (answer["text"].Exists || answer["event_type"].Exists) ? new("/v1/chat")
            : !isOwn ? null
            : answer["embeddings"].Exists ? new("/v2/embed") { Service = Upstream }
            : answer["results"][0]["relevance_score"].Exists ? new("/v2/rerank") { Service = Upstream }
            : answer["generations"].Exists ? new("/v1/generate") { Service = Upstream }
            : null;
    }

    /// <summary>Returns a document that is text, as tools return it.</summary>
    public MediaSource FindMedia(JsonValue part, string? type) =>
        type == "document" && part["document"]["data"].Text is not null
            ? MediaSource.OfReference(ContentPartKind.Text, part["document"]["data"])
            : default;

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) =>
        type is not null ? (CohereEvent.IsEvent(type) ? ResponseShape.Chunk : ResponseShape.None)
        : data["finish_reason"].Exists && data["message"]["role"].Exists ? ResponseShape.Whole
        : FirstVersionResponse.ShapeOf(data);

    /// <inheritdoc/>
    public StreamEnd EndOf(JsonValue data, string? type) =>
        type is not null ? new("message-end", type == "message-end") : FirstVersionResponse.EndOf(data);

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces)
    {
        if (type is null && FirstVersionResponse.ShapeOf(data) != ResponseShape.None)
        {
            FirstVersionResponse.Read(data, pieces);
        }
        else if (type is null)
        {
            CohereResponse.Read(data, pieces);
        }
        else
        {
            CohereEvent.Read(data, type, pieces);
        }
    }

    /// <summary>Returns the vectors, which stand under the name of their type: float, int8, …</summary>
    public IEnumerable<JsonValue> FindVectors(JsonValue data) =>
        data["embeddings"]
            .Members.Take(1)
            .SelectMany(vectors => vectors.Value.Elements)
            .Where(vector => vector.Kind is JsonValueKind.Array);

    /// <inheritdoc/>
    public bool NamesEvent(string type) => CohereEvent.IsEvent(type);

    /// <inheritdoc/>
    public string WrapError(JsonValue body) => body.ToCompactJson();

    /// <inheritdoc/>
    public void WriteError(Utf8JsonWriter writer, string message, string? type, Action<Utf8JsonWriter>? more)
    {
        writer.WriteString("message", message);
        more?.Invoke(writer);
    }
}
