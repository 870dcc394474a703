using System.Text.Json;
using OpenAICassette.Apis.Cohere;
using OpenAICassette.Apis.OpenAI;

namespace OpenAICassette.Apis.Others;

/// <summary>
/// Services of models without a family of their own: their calls are known by the host, unless the path is that of an
/// API that they follow.
/// </summary>
internal sealed class OtherServices : IApiFamily
{
    private static readonly string[] s_hosts =
    [
        "api.aleph-alpha.com",
        "api.deepgram.com",
        "api.deepseek.com",
        "api.jina.ai",
        "api.portkey.ai",
        "api.replicate.com",
        "api.voyageai.com",
        "api.writer.com",
        "openrouter.ai",
    ];

    private OtherServices() { }

    /// <summary>Gets the services.</summary>
    public static OtherServices Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "other-llm";

    /// <inheritdoc/>
    public Uri Upstream => OpenAIFamily.Instance.Upstream;

    /// <inheritdoc/>
    public bool Owns(string host) => Array.IndexOf(s_hosts, host) >= 0;

    /// <inheritdoc/>
    public string NameOther(string host) => Name;

    /// <inheritdoc/>
    public bool Serves(IApiFamily other) => other is not CohereFamily;

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments is ["rerank" or "ranking", ..] or ["prompts", _, "completions"] ? Name : null;

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer) => RankAnswer.CallOf(answer) ?? SpeechAnswer.CallOf(answer);

    /// <summary>Returns a chunk for the elements of Writer's streams of completions, which have nothing but a text.</summary>
    public ResponseShape ShapeOf(JsonValue data, string? type) =>
        data.Kind == JsonValueKind.Object && data.Count == 1 && data["value"].Kind == JsonValueKind.String
            ? ResponseShape.Chunk
            : ResponseShape.None;

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces) => pieces.Add(StreamPieceKind.Text, data["value"]);
}
