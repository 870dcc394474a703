namespace OpenAICassette.Apis.Mistral;

/// <summary>
/// Mistral's API (https://docs.mistral.ai/api): its conversations are OpenAI's; jobs, files and lists are its own.
/// </summary>
internal sealed class MistralFamily : IApiFamily
{
    private MistralFamily() { }

    /// <summary>Gets the family.</summary>
    public static MistralFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "mistral";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new("https://api.mistral.ai");

    /// <inheritdoc/>
    public bool Owns(string host) => host is "api.mistral.ai" or "codestral.mistral.ai";

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) =>
        segments is ["ocr"] ? "mistral-other" : null;

    /// <inheritdoc/>
    public AnsweredCall? CallOf(JsonValue answer) =>
        answer["pages"][0]["markdown"].Exists && answer["usage_info"].Exists ? new("/v1/ocr") : null;

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) => ResponseShape.None;

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces) { }
}
