namespace OpenAICassette.Apis.Ollama;

/// <summary>
/// Ollama's own generate and chat, streamed or whole: objects with <c>done</c> and a <c>response</c> or <c>message</c>.
/// </summary>
internal static class OllamaChunk
{
    /// <summary>Reads a chunk or a whole response.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        var message = data["message"];
        pieces.Add(StreamPieceKind.Model, data["model"]);
        pieces.Add(StreamPieceKind.Role, message["role"]);
        pieces.Add(StreamPieceKind.Reasoning, message.HasValue ? message["thinking"] : data["thinking"]);
        pieces.Add(StreamPieceKind.Text, message.HasValue ? message["content"] : data["response"]);
        var slot = 0;
        foreach (var call in message["tool_calls"].Elements)
        {
            pieces.AddToolCall(call["id"], call["function"]["name"], call["function"]["arguments"], 0, slot++);
        }

        pieces.Add(StreamPieceKind.FinishReason, data["done_reason"]);

        // The counts stand in the chunk itself.
        pieces.Add(StreamPieceKind.Usage, data["eval_count"].HasValue ? data : default);
    }
}
