namespace OpenAICassette.Apis.Cohere;

/// <summary>Represents the events of a stream, each of which adds to the message under <c>delta.message</c>.</summary>
internal static class CohereEvent
{
    /// <summary>Returns whether a type is that of an event.</summary>
    public static bool IsEvent(string type) =>
        type
            is "message-start"
                or "message-end"
                or "content-start"
                or "content-delta"
                or "content-end"
                or "tool-plan-delta"
                or "tool-call-start"
                or "tool-call-delta"
                or "tool-call-end"
                or "citation-start"
                or "citation-end"
                or "debug";

    /// <summary>Reads an event. Citations stay among the details.</summary>
    public static void Read(JsonValue data, string type, PieceList pieces)
    {
        var slot = (int)(data["index"].WholeNumber ?? 0);
        var message = data["delta"]["message"];
        switch (type)
        {
            case "message-start":
                pieces.Add(StreamPieceKind.Role, message["role"]);
                break;
            case "content-start" or "content-delta":
                pieces.Add(StreamPieceKind.Reasoning, message["content"]["thinking"], slot: slot);
                pieces.Add(StreamPieceKind.Text, message["content"]["text"], slot: slot);
                break;
            case "tool-plan-delta":
                pieces.Add(StreamPieceKind.Reasoning, message["tool_plan"]);
                break;
            case "tool-call-start" or "tool-call-delta":
                var call = message["tool_calls"];
                var function = call["function"];
                pieces.AddToolCall(call["id"], function["name"], function["arguments"], choice: 0, slot);
                break;
            case "message-end":
                pieces.Add(StreamPieceKind.FinishReason, data["delta"]["finish_reason"]);
                pieces.Add(StreamPieceKind.Usage, data["delta"]["usage"]);
                pieces.Add(StreamPieceKind.Error, data["delta"]["error"]);
                break;
        }
    }
}
