namespace OpenAICassette.Apis.Cohere;

/// <summary>Represents a whole response: a <c>message</c> with its finish reason and usage.</summary>
internal static class CohereResponse
{
    /// <summary>Reads a response. Its citations stay among the details.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        var message = data["message"];
        pieces.Add(StreamPieceKind.Role, message["role"]);
        pieces.Add(StreamPieceKind.Reasoning, message["tool_plan"]);
        pieces.AddContent(message["content"], choice: 0);
        var slot = 0;
        foreach (var call in message["tool_calls"].Elements)
        {
            pieces.AddToolCall(call["id"], call["function"]["name"], call["function"]["arguments"], choice: 0, slot++);
        }

        pieces.Add(StreamPieceKind.FinishReason, data["finish_reason"]);
        pieces.Add(StreamPieceKind.Usage, data["usage"]);
    }
}
