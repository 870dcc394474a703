namespace OpenAICassette.Apis.OpenAI;

/// <summary>The events of streams of the audio API: sound that is made from text, and text from sound.</summary>
internal static class AudioEvent
{
    /// <summary>Returns whether a type is that of such an event.</summary>
    public static bool Is(string? type) =>
        type is "speech.audio.delta" or "speech.audio.done" or "transcript.text.delta" or "transcript.text.done";

    /// <summary>Reads an event. The copy of the text that the last one carries is left out.</summary>
    public static void Read(JsonValue data, string? type, PieceList pieces)
    {
        switch (type)
        {
            case "speech.audio.delta":
                pieces.Add(StreamPieceKind.Audio, data["audio"]);
                break;
            case "transcript.text.delta":
                pieces.Add(StreamPieceKind.Text, data["delta"]);
                break;
            default:
                pieces.Add(StreamPieceKind.Usage, data["usage"]);
                break;
        }
    }

    /// <summary>Returns what an event says of the stream's end.</summary>
    public static StreamEnd EndOf(string type) =>
        new(
            type.StartsWith("speech.", StringComparison.Ordinal) ? "speech.audio.done" : "transcript.text.done",
            type.EndsWith(".done", StringComparison.Ordinal)
        );
}
