using System.Text.Json;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>
/// Says which operation gives an answer that is no conversation: images, sound, moderations, stored objects and lists
/// of them (https://platform.openai.com/docs/api-reference).
/// </summary>
internal static class OpenAIAnswer
{
    /// <summary>
    /// Objects by the name they give themselves, each with a member that other APIs do not have beside it.
    /// </summary>
    private static readonly (string Object, string Member, string Path)[] s_objects =
    [
        ("model", "owned_by", "/v1/models"),
        ("file", "purpose", "/v1/files"),
        ("upload", "purpose", "/v1/uploads"),
        ("batch", "completion_window", "/v1/batches"),
        ("fine_tuning.job", "training_file", "/v1/fine_tuning/jobs"),
        ("vector_store", "file_counts", "/v1/vector_stores"),
        ("vector_store.file", "vector_store_id", "/v1/vector_stores"),
        ("assistant", "instructions", "/v1/assistants"),
        ("thread", "tool_resources", "/v1/threads"),
        ("thread.message", "thread_id", "/v1/threads"),
        ("thread.run", "thread_id", "/v1/threads/runs"),
        ("container", "expires_after", "/v1/containers"),
        ("video", "progress", "/v1/videos"),
        ("skill", "latest_version", "/v1/skills"),
        ("skill.version", "skill_id", "/v1/skills"),
        ("response.compaction", "output", "/v1/responses/compact"),
        ("response.input_tokens", "input_tokens", "/v1/responses/input_tokens"),
    ];

    private static readonly string[] s_ofImages =
    [
        "created",
        "data",
        "background",
        "id",
        "model",
        "object",
        "output_format",
        "quality",
        "size",
        "usage",
    ];

    /// <summary>Returns the call; null for the answer of another API.</summary>
    /// <param name="answer">The answer, or the first element of a stream.</param>
    public static AnsweredCall? CallOf(JsonValue answer)
    {
        if (StoredPath(answer) is { } path)
        {
            return new(path);
        }

        var first = answer["data"][0];
        if (answer["object"].Text == "list" && StoredPath(first) is { } listed)
        {
            return new(listed, "GET");
        }

        if (answer["results"][0] is var result && result["categories"].Exists && result["category_scores"].Exists)
        {
            return new("/v1/moderations");
        }

        return EventPath(answer) is { } streamed ? new(streamed)
            : RealtimeEvent.IsAboutSession(answer["type"].Text ?? string.Empty) && answer["session"].Exists
                ? new("/v1/realtime", ExchangeDraft.WebSocketMethod)
            : IsImages(answer) ? new(ImagesPath(answer))
            : Transcription.Is(answer) ? new(Transcription.PathOf(answer))
            : IsFilterResult(answer) ? new("/v1/chat/completions")
            : ErrorAnswer.StatusOfOpenAI(answer) is { } status ? new(string.Empty) { Status = status }
            : null;
    }

    private static string? StoredPath(JsonValue item)
    {
        var name = item["object"].Text;
        var found = Array.Find(s_objects, known => known.Object == name);
        return found.Member is not null && item[found.Member].Exists ? found.Path : null;
    }

    /// <summary>Returns the path of a stream with such an event.</summary>
    private static string? EventPath(JsonValue answer) =>
        answer["type"].Text switch
        {
            "speech.audio.delta" or "speech.audio.done" => "/v1/audio/speech",
            "transcript.text.delta" or "transcript.text.segment" or "transcript.text.done" => Transcription.Path,
            "image_generation.partial_image" or "image_generation.completed" => "/v1/images/generations",
            "image_edit.partial_image" or "image_edit.completed" => "/v1/images/edits",
            _ => null,
        };

    /// <summary>Returns whether an answer is a list of images, each as base64 or at an address.</summary>
    private static bool IsImages(JsonValue answer)
    {
        var image = answer["data"][0];
        return answer["created"].WholeNumber is not null
            && (image["b64_json"].Text is not null || image["url"].Text is not null)
            && answer.Members.All(member => s_ofImages.Contains(member.Key));
    }

    /// <summary>Returns the path of the operation: only one that edits images is given some.</summary>
    private static string ImagesPath(JsonValue answer) =>
        answer["usage"]["input_tokens_details"]["image_tokens"].WholeNumber > 0
            ? "/v1/images/edits"
            : "/v1/images/generations";

    /// <summary>
    /// Returns whether an element is the one with which Azure begins a stream of chat completions: it says what the
    /// content filter found in the prompt.
    /// </summary>
    private static bool IsFilterResult(JsonValue answer) =>
        answer["choices"].Kind == JsonValueKind.Array
        && answer["prompt_filter_results"][0]["content_filter_results"].Exists;
}
