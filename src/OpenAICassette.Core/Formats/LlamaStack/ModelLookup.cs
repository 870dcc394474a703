using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents the recording of <c>GET /info</c>, by which Text-Embeddings-Inference names the one model that it serves.
/// It is recorded as raw HTTP, with an endpoint and the headers of the call and without a payload, and it is named like
/// a list of models.
/// </summary>
internal static class ModelLookup
{
    /// <summary>The path and endpoint.</summary>
    public const string Endpoint = "/info";

    /// <summary>The member of the answer that names the model.</summary>
    public const string ModelMember = "model_id";

    /// <summary>True for a request of this shape.</summary>
    /// <param name="request">The request as recorded.</param>
    public static bool Is(JsonValue request) =>
        request["endpoint"].Text == Endpoint && !request["body"].Exists && !request["payload"].Exists;

    /// <summary>True for what the recorder records in this shape: an answer that names the model.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The full URL.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="answer">What was answered.</param>
    public static bool Is(string method, string url, int status, JsonValue answer) =>
        method == "GET" && UrlText.PathOf(url) == Endpoint && status == 200 && answer[ModelMember].Text is not null;
}
