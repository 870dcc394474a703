using OpenAICassette.Apis.Audio;

namespace OpenAICassette.Apis.OpenAI;

/// <summary>
/// The Realtime API: events over a WebSocket, most of them those of the Responses API. Azure and xAI speak it too.
/// </summary>
internal static class RealtimeEvent
{
    /// <summary>Reads an event that the Responses API does not have.</summary>
    public static void Read(JsonValue data, string? type, PieceList pieces)
    {
        var slot = (int)(data["output_index"].WholeNumber ?? 0);
        switch (type)
        {
            case "response.text.delta" or "response.audio_transcript.delta" or "response.output_audio_transcript.delta":
            case "session.output_transcript.delta":
                pieces.Add(StreamPieceKind.Text, data["delta"], slot: slot);
                break;
            case "response.audio.delta" or "response.output_audio.delta" or "session.output_audio.delta":
                pieces.Add(StreamPieceKind.Audio, data["delta"], slot: slot);
                break;
            case "response.done":
                var response = data["response"];
                pieces.Add(StreamPieceKind.FinishReason, response["status"]);
                pieces.Add(StreamPieceKind.FinishDetail, response["status_details"]["reason"]);
                pieces.Add(StreamPieceKind.Usage, response["usage"]);
                pieces.Add(StreamPieceKind.Error, response["status_details"]["error"]);
                break;
            case "session.created" or "session.updated":
                pieces.Add(StreamPieceKind.Model, data["session"]["model"]);
                break;
        }
    }

    /// <summary>Returns whether a type is that of an event about the session.</summary>
    public static bool IsAboutSession(string type) => type is "session.created" or "session.updated";

    /// <summary>
    /// Returns whether a type is that of an event of a translation, which has neither responses nor items.
    /// </summary>
    public static bool IsTranslation(string type) =>
        type is "session.output_transcript.delta" or "session.output_audio.delta";

    /// <summary>Returns the id of the response that an event belongs to; null for another event.</summary>
    public static string? FindResponseId(JsonValue data) =>
        data["response_id"].Text ?? (data["type"].Text == "response.done" ? data["response"]["id"].Text : null);

    /// <summary>Returns the settings of the session that an event tells; undefined for another event.</summary>
    public static JsonValue FindSettings(JsonValue data) =>
        data["type"].Text is "session.created" or "session.updated" or "session.update" ? data["session"] : default;

    /// <summary>Returns the media type of the sound of one side that an event sets; null if it sets none.</summary>
    public static string? FindAudioType(JsonValue data, FrameDirection side)
    {
        var session = FindSettings(data);
        var isInput = side == FrameDirection.Sent;
        var format = session["audio"][isInput ? "input" : "output"]["format"];
        var rate = format["rate"].WholeNumber;
        return format["type"].Text is { } type ? (rate is null ? type : $"{type};rate={rate}")
            : session[isInput ? "input_audio_format" : "output_audio_format"].Text is { } name ? $"audio/{name}"
            : session.Exists ? RawAudio.UsualType
            : null;
    }

    /// <summary>Returns what an event says about the user's speech.</summary>
    public static SpeechEvent ReadSpeech(JsonValue data) =>
        data["type"].Text switch
        {
            "input_audio_buffer.append" => SpeechEvent.Fragment(data["audio"]),
            "input_audio_buffer.clear" => new(SpeechEventKind.Discarded),
            "input_audio_buffer.commit" => new(SpeechEventKind.Ended),
            "input_audio_buffer.committed" => new(SpeechEventKind.Ended) { Item = data["item_id"].Text },
            "session.input_transcript.delta" => Words(data, data["delta"]),
            "conversation.item.input_audio_transcription.delta" => Words(data, data["delta"]),
            "conversation.item.input_audio_transcription.completed" => Words(data, data["transcript"]) with
            {
                IsWhole = true,
            },
            _ => default,
        };

    private static SpeechEvent Words(JsonValue data, JsonValue words) =>
        new(SpeechEventKind.Words) { Value = words, Item = data["item_id"].Text };

    /// <summary>Returns the messages that an event of the client adds to the conversation; null for another event.</summary>
    public static IReadOnlyList<Message>? ReadSent(JsonValue data)
    {
        switch (data["type"].Text)
        {
            case "session.update" when data["session"]["instructions"].Text is { Length: > 0 } instructions:
                var part = new ContentPart(ContentPartKind.Text, instructions);
                return [new Message { Role = "system", Parts = [part] }];
            case "conversation.item.create":
                return [.. RequestReader.ReadItem(data["item"])];
            default:
                return null;
        }
    }
}
