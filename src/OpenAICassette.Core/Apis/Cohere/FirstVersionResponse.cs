using System.Text.Json;

namespace OpenAICassette.Apis.Cohere;

/// <summary>
/// Version 1 of the API (https://docs.cohere.com/v1/reference/chat): a response with its <c>text</c>, or the events
/// that build one; and generate's response, a list of <c>generations</c>, which Amazon Bedrock sends too.
/// </summary>
internal static class FirstVersionResponse
{
    /// <summary>Returns whether a value is an event or a whole response of this version.</summary>
    public static ResponseShape ShapeOf(JsonValue data) =>
        data["event_type"].Text is not null && data["is_finished"].Exists ? ResponseShape.Chunk
        : data["generation_id"].Exists && data["text"].Exists ? ResponseShape.Whole
        : data["generations"].Kind == JsonValueKind.Array ? ResponseShape.Either
        : ResponseShape.None;

    /// <summary>Returns what an event says of the stream's end; generate's streams mark none.</summary>
    public static StreamEnd EndOf(JsonValue data) =>
        data["event_type"].Exists ? new("stream-end", data["is_finished"].Truth == true) : default;

    /// <summary>Reads an event or a whole response.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        switch (data["event_type"].Text)
        {
            case null when data["generations"].Exists:
                ReadGenerations(data, pieces);
                break;
            case null:
                pieces.Add(StreamPieceKind.Text, data["text"]);
                ReadEnd(data, pieces);
                break;
            case "text-generation":
                pieces.Add(StreamPieceKind.Text, data["text"]);
                break;
            case "stream-end":
                pieces.Add(StreamPieceKind.FinishReason, data["finish_reason"]);
                ReadEnd(data["response"], pieces);
                break;
        }
    }

    private static void ReadGenerations(JsonValue data, PieceList pieces)
    {
        var choice = 0;
        foreach (var generation in data["generations"].Elements)
        {
            pieces.Add(StreamPieceKind.Text, generation["text"], choice);
            pieces.Add(StreamPieceKind.FinishReason, generation["finish_reason"], choice);
            choice++;
        }

        pieces.Add(StreamPieceKind.Usage, data["meta"]);
    }

    /// <summary>Reads what an answer ends with; the last event of a stream has a whole response.</summary>
    private static void ReadEnd(JsonValue response, PieceList pieces)
    {
        var slot = 0;
        foreach (var call in response["tool_calls"].Elements)
        {
            pieces.AddToolCall(default, call["name"], call["parameters"], choice: 0, slot++);
        }

        pieces.Add(StreamPieceKind.FinishReason, response["finish_reason"]);
        pieces.Add(StreamPieceKind.Usage, response["meta"]);
    }
}
