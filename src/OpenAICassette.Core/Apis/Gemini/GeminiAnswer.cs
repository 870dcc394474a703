namespace OpenAICassette.Apis.Gemini;

/// <summary>
/// Says which operation of Google's gives an answer (https://ai.google.dev/api, and predict of Vertex AI).
/// </summary>
internal static class GeminiAnswer
{
    private const string LivePath = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

    /// <summary>What an error of Gemini names; those of Google's other services look the same.</summary>
    private static readonly byte[][] s_names =
    [
        "generativelanguage.googleapis.com"u8.ToArray(),
        "aiplatform.googleapis.com"u8.ToArray(),
        "PerProjectPerModel"u8.ToArray(),
        "models/gemini-"u8.ToArray(),
    ];

    /// <summary>Returns the call; null for the answer of another API.</summary>
    /// <param name="answer">The answer, or an element of a stream.</param>
    /// <param name="path">The path if it is generated content or an embedding; null otherwise.</param>
    public static AnsweredCall? CallOf(JsonValue answer, string? path)
    {
        // It has counts, too.
        if (answer["name"].Text?.StartsWith("cachedContents/", StringComparison.Ordinal) == true)
        {
            return new("/v1beta/cachedContents");
        }

        if (answer["setupComplete"].Exists || LiveMessage.Is(answer))
        {
            return new(LivePath, ExchangeDraft.WebSocketMethod);
        }

        if (path is not null)
        {
            return new(path);
        }

        if (answer[0]["candidates"].Exists)
        {
            return new($"/v1beta/models/{answer[0]["modelVersion"].Text}:streamGenerateContent");
        }

        var prediction = answer["predictions"][0];
        var isPrediction =
            prediction["embeddings"]["values"].Exists
            || (prediction["bytesBase64Encoded"].Exists && prediction["mimeType"].Exists);
        return isPrediction ? new("/v1/models/:predict")
            : answer["totalTokens"].Exists && answer["promptTokensDetails"].Exists ? new("/v1beta/models/:countTokens")
            : answer["models"][0]["supportedGenerationMethods"].Exists
                ? new("/v1beta/models", "GET") { Service = GeminiFamily.Instance.Upstream }
            : ErrorAnswer.StatusOfGoogle(answer) is { } status && NamesGemini(answer)
                ? new("/v1beta/generate_content") { Status = status }
            : null;
    }

    private static bool NamesGemini(JsonValue error)
    {
        var text = error.Utf8;
        return Array.Exists(s_names, name => text.Span.IndexOf(name) >= 0);
    }
}
