using System.Text.Json;

namespace OpenAICassette.Apis.Others;

/// <summary>
/// Answers of services that turn speech into text, each in a shape of its own: Deepgram, AssemblyAI, ElevenLabs,
/// Gladia, Rev AI and fal.
/// </summary>
internal static class SpeechAnswer
{
    private const string Gladia = "api.gladia.io";

    /// <summary>Returns the call; null for another answer.</summary>
    public static AnsweredCall? CallOf(JsonValue answer) =>
        IsDeepgram(answer) ? new("/v1/listen")
        : IsAssembly(answer) ? new("/v2/transcript", "GET")
        : IsElevenLabs(answer) ? new("/v1/speech-to-text")
        : IsGladia(answer) ? new("/v2/pre-recorded", "GET")
        : answer["monologues"][0]["elements"].Exists ? new("/speechtotext/v1/jobs/transcript", "GET")
        : IsFal(answer) ? new(string.Empty, "GET")
        : JobOf(answer);

    /// <summary>Returns what was heard; null for another answer.</summary>
    public static string? TextOf(JsonValue answer)
    {
        if (answer["results"]["channels"][0]["alternatives"][0]["transcript"].Exists)
        {
            var channels = answer["results"]["channels"].Elements;
            return string.Join('\n', channels.Select(channel => channel["alternatives"][0]["transcript"].Text));
        }

        if (answer["result"]["transcription"]["full_transcript"].Text is { } whole)
        {
            return whole;
        }

        var monologues = answer["monologues"].Elements.Select(said => said["elements"].Elements);
        return answer["monologues"][0]["elements"].Exists
                ? string.Join('\n', monologues.Select(said => string.Concat(said.Select(part => part["value"].Text))))
            : OpenAI.Transcription.Is(answer) || IsElevenLabs(answer) || IsAssembly(answer) || IsFal(answer)
                ? answer["text"].Text
            : null;
    }

    private static bool IsDeepgram(JsonValue answer) =>
        answer["metadata"]["request_id"].Text is not null
        && answer["results"]["channels"][0]["alternatives"][0]["transcript"].Text is not null;

    private static bool IsAssembly(JsonValue answer) =>
        answer["audio_url"].Text is not null && answer["status"].Text is not null && answer["acoustic_model"].Exists;

    private static bool IsElevenLabs(JsonValue answer) =>
        answer["language_code"].Text is not null
        && answer["language_probability"].Kind == JsonValueKind.Number
        && answer["text"].Text is not null;

    private static bool IsGladia(JsonValue answer) =>
        answer["result"]["transcription"]["full_transcript"].Text is not null && answer["status"].Text is not null;

    private static bool IsFal(JsonValue answer) =>
        answer["text"].Text is not null
        && answer["chunks"][0]["timestamp"].Kind == JsonValueKind.Array
        && (answer["languages"].Exists || answer["inferred_languages"].Exists);

    /// <summary>Returns the call that started a job, if the answer names the service.</summary>
    private static AnsweredCall? JobOf(JsonValue answer)
    {
        if (UrlOf(answer["status_url"], "queue.fal.run") is { } status)
        {
            return new(status.AbsolutePath.Split("/requests/")[0]) { Service = new(status, "/") };
        }

        return UrlOf(answer["result_url"], Gladia) is { } result
                ? new("/v2/pre-recorded") { Service = new(result, "/") }
            : UrlOf(answer["audio_url"], Gladia) is { } upload ? new("/v2/upload") { Service = new(upload, "/") }
            : null;
    }

    /// <summary>Returns an address at a host; null for another one.</summary>
    private static Uri? UrlOf(JsonValue address, string host) =>
        Uri.TryCreate(address.Text, UriKind.Absolute, out var url) && url.Host == host ? url : null;
}
