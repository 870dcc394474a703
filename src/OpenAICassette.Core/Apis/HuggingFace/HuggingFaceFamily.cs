namespace OpenAICassette.Apis.HuggingFace;

/// <summary>
/// Hugging Face's inference service, whose request and response depend on the model's task. The hub on the main host
/// keeps models and is no such call.
/// </summary>
internal sealed class HuggingFaceFamily : IApiFamily
{
    private const string InferenceHost = "api-inference.huggingface.co";

    private HuggingFaceFamily() { }

    /// <summary>Gets the family.</summary>
    public static HuggingFaceFamily Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "huggingface";

    /// <inheritdoc/>
    public Uri Upstream { get; } = new($"https://{InferenceHost}");

    /// <inheritdoc/>
    public bool Owns(string host) => host is InferenceHost or "huggingface.co";

    /// <inheritdoc/>
    public string? NameOther(string host) => host == InferenceHost ? Name : null;

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<string> segments, string? method) => null;

    /// <inheritdoc/>
    public ResponseShape ShapeOf(JsonValue data, string? type) => ResponseShape.None;

    /// <inheritdoc/>
    public void Read(JsonValue data, string? type, PieceList pieces) { }
}
