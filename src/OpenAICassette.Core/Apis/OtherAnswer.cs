using System.Globalization;
using System.Text.Json;
using OpenAICassette.Apis.Audio;
using OpenAICassette.Apis.Others;

namespace OpenAICassette.Apis;

/// <summary>
/// What was answered by an API that does not converse: embeddings, lists of models, tools, files, anything unknown.
/// </summary>
internal static class OtherAnswer
{
    /// <summary>Returns the answer as a message; null if nothing was answered.</summary>
    public static Message? Read(Interaction interaction)
    {
        var response = interaction.Response;
        if (AudioOf(response.Body) is { } audio)
        {
            return new() { Role = "assistant", Parts = [audio] };
        }

        var data = Single(response);
        if (Vectors(data) is { Count: > 0 } vectors)
        {
            return Say(
                "assistant",
                $"[{(vectors.Count == 1 ? "embedding" : "embeddings")}] {vectors.Count} × {Dimensions(vectors[0])}"
            );
        }

        if (
            interaction.IsReconstructed
            && interaction.Endpoint?.EndsWith("/embeddings", StringComparison.Ordinal) == true
        )
        {
            // Traces keep no vectors.
            return null;
        }

        if (data["error_message"].Text is { } failure)
        {
            return Say("tool", failure);
        }

        if (interaction.Request.ToolName is not null && data["content"].HasValue)
        {
            return Say("tool", data["content"].ToString());
        }

        if (
            data["chunks"].Elements.Select(chunk => chunk["content"].Text).ToArray() is { Length: > 0 } contents
            && contents.All(content => content is not null)
        )
        {
            return Say("tool", string.Join('\n', contents));
        }

        // Sound that was transcribed.
        var text = interaction.Request.Body.Parts.Count > 0 ? data["text"].Text : null;
        if ((text ?? SpeechAnswer.TextOf(data) ?? Pages(data)) is { } read)
        {
            return Say("assistant", read);
        }

        if (ImageAnswer.Read(data) is { Count: > 0 } images)
        {
            return new() { Role = "assistant", Parts = images };
        }

        return Ranks(data)
            ?? Models(interaction, data)
            ?? (response.Body.Json.HasValue ? Json(response.Body.Json) : null);
    }

    /// <summary>Returns the model that such an answer names.</summary>
    public static string? Model(Interaction interaction) => Single(interaction.Response)["model"].Text;

    /// <summary>Returns the token counts of such an answer.</summary>
    public static Usage? Usage(Interaction interaction)
    {
        var data = Single(interaction.Response);
        if (data["usage"].Kind == JsonValueKind.Object)
        {
            return OpenAICassette.Usage.Read(data["usage"], null);
        }

        // Ollama's counts are members of the answer itself.
        var counts = OpenAICassette.Usage.Read(data["meta"].HasValue ? data["meta"] : data, null);
        return (counts?.PromptTokens ?? counts?.CompletionTokens) is null ? null : counts;
    }

    /// <summary>
    /// Returns a reranker's results, best first as it gave them: the score, then the document or its place in the
    /// request.
    /// </summary>
    private static Message? Ranks(JsonValue data)
    {
        var results = RankAnswer.ResultsOf(data);
        if (!results.Any() || results.Any(result => !RankAnswer.ScoreOf(result).HasValue))
        {
            return null;
        }

        return Say(
            "assistant",
            string.Join('\n', results.Select(result => $"{RankAnswer.ScoreOf(result)}  {Document(result)}"))
        );

        static string Document(JsonValue result) =>
            result["document"]["text"].Text ?? result["document"].Text ?? $"document {result["index"]}";
    }

    /// <summary>Returns the text of the pages of an OCR answer; null for another answer.</summary>
    private static string? Pages(JsonValue data)
    {
        var pages = data["pages"].Elements.Select(page => page["markdown"].Text).ToList();
        return pages.Count > 0 && pages.TrueForAll(page => page is not null) ? string.Join("\n\n", pages) : null;
    }

    /// <summary>Returns the sound that a body is; null if it is something else.</summary>
    private static ContentPart? AudioOf(Body body)
    {
        if (body.MediaType?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) != true || body.IsEmpty)
        {
            return null;
        }

        return AudioClip.PartOf(body.Bytes.Span, body.MediaType);
    }

    private static JsonValue Single(RecordedResponse response) =>
        response.Values.Count == 1 ? response.Values[0] : default;

    private static List<JsonValue> Vectors(JsonValue data) =>
        [.. ApiFamilies.All.Select(family => family.FindVectors(data)).FirstOrDefault(vectors => vectors.Any()) ?? []];

    /// <summary>Returns how long a vector is; one in base64 holds 4-byte floats.</summary>
    private static string Dimensions(JsonValue vector)
    {
        var count = vector.Kind == JsonValueKind.String ? (vector.Length - 2) * 3 / 16 : vector.Count;
        return count.ToString(CultureInfo.InvariantCulture);
    }

    private static Message? Models(Interaction interaction, JsonValue data)
    {
        var response = interaction.Response;
        var isList =
            (!response.IsStreaming && response.Body.Json.Kind == JsonValueKind.Array)
            || data["object"].Text is "model" or "list";
        IEnumerable<JsonValue>? items =
            data["models"].Exists ? data["models"].Elements
            : data["data"].Exists ? data["data"].Elements
            : isList ? response.Values
            : null;
        var names = items?.Select(item => item["id"].Text ?? item["model"].Text ?? item["name"].Text).ToList();

        // Other services list other things, and an empty list does not say of what it is.
        var isOther = names is [] && !data.Exists && !ApiOperation.Of(interaction).IsModelList;
        return names is null || isOther || names.Any(name => name is null)
            ? null
            : Say("assistant", names.Count == 0 ? "[models] none" : string.Join('\n', names));
    }

    private static Message Say(string role, FormattableString text) =>
        Say(role, text.ToString(CultureInfo.InvariantCulture));

    private static Message Say(string role, string text) =>
        new() { Role = role, Parts = [new ContentPart(ContentPartKind.Text, text)] };

    private static Message Json(JsonValue body) =>
        new() { Role = "assistant", Parts = [new ContentPart(ContentPartKind.Json, body.ToCompactJson(), "response")] };
}
