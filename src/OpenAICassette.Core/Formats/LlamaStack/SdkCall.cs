using System.Globalization;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents the call of an SDK that a request comes from, for those that the recorder records as such.
/// </summary>
/// <param name="Endpoint">The endpoint as the recorder names it.</param>
/// <param name="Provider">Whose SDK it is.</param>
internal sealed record SdkCall(string Endpoint, string Provider)
{
    private const string OpenAI = "openai";
    private const string Ollama = "ollama";

    /// <summary>Returns the call; null for a request that the recorder records as raw HTTP.</summary>
    public static SdkCall? Of(string method, ApiOperation operation) =>
        (method, operation.Name) switch
        {
            ("POST", "chat/completions" or "completions" or "embeddings" or "responses") => new(
                $"/v1/{operation.Name}",
                OpenAI
            ),
            ("GET", "models") => new("/v1/models", OpenAI),
            ("POST", "api/chat" or "api/generate" or "api/embed" or "api/pull") => new($"/{operation.Name}", Ollama),
            ("GET", "api/ps" or "api/tags") => new($"/{operation.Name}", Ollama),
            _ => null,
        };

    /// <summary>Returns the label of the class that the SDK makes of an object of the answer.</summary>
    /// <param name="data">The object.</param>
    /// <param name="isStreaming">True for a chunk of a stream.</param>
    public string TypeOf(JsonValue data, bool isStreaming) =>
        Endpoint switch
        {
            "/v1/chat/completions" => isStreaming
                ? "openai.types.chat.chat_completion_chunk.ChatCompletionChunk"
                : "openai.types.chat.chat_completion.ChatCompletion",
            "/v1/completions" => "openai.types.completion.Completion",
            "/v1/embeddings" => "openai.types.create_embedding_response.CreateEmbeddingResponse",
            "/v1/models" => "openai.types.model.Model",
            "/v1/responses" => isStreaming
                ? EventType(data["type"].Text ?? "response")
                : "openai.types.responses.response.Response",
            "/api/chat" => "ollama._types.ChatResponse",
            "/api/generate" => "ollama._types.GenerateResponse",
            "/api/embed" => "ollama._types.EmbedResponse",
            "/api/pull" => "ollama._types.ProgressResponse",
            "/api/ps" => "ollama._types.ProcessResponse",
            _ => "ollama._types.ListResponse",
        };

    /// <summary>Returns how the SDK names the error that it makes of a status.</summary>
    public string ErrorType(int status) =>
        Provider == Ollama
            ? "ResponseError"
            : status switch
            {
                400 => "BadRequestError",
                401 => "AuthenticationError",
                403 => "PermissionDeniedError",
                404 => "NotFoundError",
                409 => "ConflictError",
                422 => "UnprocessableEntityError",
                429 => "RateLimitError",
                >= 500 => "InternalServerError",
                _ => "APIStatusError",
            };

    /// <summary>Returns what the SDK's error says.</summary>
    public string ErrorMessage(int status, JsonValue body) =>
        Provider == Ollama
            ? string.Create(CultureInfo.InvariantCulture, $"{body["error"]} (status code: {status})")
            : string.Create(CultureInfo.InvariantCulture, $"Error code: {status} - {PythonText.Of(body)}");

    /// <summary>
    /// Returns the class of an event of the Responses API: response.output_item.added gives
    /// ResponseOutputItemAddedEvent, in a module of that name.
    /// </summary>
    private static string EventType(string type)
    {
        // Texts are not called output texts there, and an error has the prefix that its type lacks.
        var name =
            type == "error" ? "response.error" : type.Replace("output_text.d", "text.d", StringComparison.Ordinal);
        var words = name.Split('.', '_');
        return $"openai.types.responses.{string.Join('_', words)}_event.{string.Concat(words.Select(Capitalised))}Event";
    }

    private static string Capitalised(string word) =>
        word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
