using System.Text.Json;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>
/// Recognizes text that was made from sound, as OpenAI, Groq, Mistral and others answer it. Next to the text there must
/// be something that only such an answer has: a plain text in JSON could be anything.
/// </summary>
internal static class Transcription
{
    /// <summary>The path of the operation.</summary>
    public const string Path = "/v1/audio/transcriptions";

    private static readonly string[] s_members =
    [
        "task",
        "language",
        "duration",
        "text",
        "segments",
        "words",
        "usage",
        "logprobs",
        "model",
        "finish_reason",
        "x_groq",
    ];

    /// <summary>Returns whether a value is such an answer.</summary>
    public static bool Is(JsonValue answer) =>
        answer["text"].Text is not null
        && answer.Members.All(member => s_members.Contains(member.Key))
        && (
            answer["task"].Text is "transcribe" or "translate"
            || answer["x_groq"]["id"].Text is not null
            || IsUsage(answer["usage"])
            || IsTimed(answer)
        );

    /// <summary>Returns the path of the operation that gave such an answer.</summary>
    public static string PathOf(JsonValue answer) =>
        answer["task"].Text == "translate" ? "/v1/audio/translations" : Path;

    private static bool IsUsage(JsonValue usage) =>
        usage["type"].Text is "tokens" or "duration"
        || usage["prompt_audio_seconds"].Exists
        || (usage["prompt_tokens"].WholeNumber is not null && usage["total_tokens"].WholeNumber is not null);

    /// <summary>Returns whether the answer says how long the sound is and when its parts were said.</summary>
    private static bool IsTimed(JsonValue answer)
    {
        var part = answer["segments"].Exists ? answer["segments"][0] : answer["words"][0];
        return answer["duration"].Kind == JsonValueKind.Number
            && answer["language"].Exists
            && part["start"].Kind == JsonValueKind.Number
            && part["end"].Kind == JsonValueKind.Number;
    }
}
