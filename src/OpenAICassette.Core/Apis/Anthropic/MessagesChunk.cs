namespace OpenAICassette.Apis.Anthropic;

/// <summary>
/// Anthropic's Messages API: a <c>message</c> object with content blocks, or the events that build one block by block.
/// </summary>
internal static class MessagesChunk
{
    /// <summary>Returns whether a type is that of an event.</summary>
    public static bool IsEvent(string type) =>
        type
            is "ping"
                or "error"
                or "message_start"
                or "message_delta"
                or "message_stop"
                or "content_block_start"
                or "content_block_delta"
                or "content_block_stop";

    /// <summary>Returns what a value of a type is; an error may also be all that was answered.</summary>
    public static ResponseShape ShapeOf(string? type) =>
        type is "message" or "error" ? ResponseShape.Whole
        : type is not null && IsEvent(type) ? ResponseShape.Chunk
        : ResponseShape.None;

    /// <summary>Reads an event or a whole message.</summary>
    public static void Read(JsonValue data, string type, PieceList pieces)
    {
        var slot = (int)(data["index"].WholeNumber ?? 0);
        switch (type)
        {
            case "message":
                ReadMessage(data, pieces);
                break;
            case "message_start":
                ReadMessage(data["message"], pieces);
                break;
            case "content_block_start":
                ReadBlock(data["content_block"], slot, isWhole: false, pieces);
                break;
            case "content_block_delta":
                var delta = data["delta"];
                pieces.Add(StreamPieceKind.Text, delta["text"], slot: slot);
                pieces.Add(StreamPieceKind.Reasoning, delta["thinking"], slot: slot);
                pieces.Add(StreamPieceKind.ToolArguments, delta["partial_json"], slot: slot);
                break;
            case "message_delta":
                pieces.Add(StreamPieceKind.FinishReason, data["delta"]["stop_reason"]);
                pieces.Add(StreamPieceKind.Usage, data["usage"]);
                break;
            case "error":
                // The Responses API has an event of the same name, whose members stand in the event itself.
                pieces.Add(StreamPieceKind.Error, data["error"].HasValue ? data["error"] : data);
                break;
        }
    }

    private static void ReadMessage(JsonValue message, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Model, message["model"]);
        pieces.Add(StreamPieceKind.Role, message["role"]);
        var slot = 0;
        foreach (var block in message["content"].Elements)
        {
            ReadBlock(block, slot++, isWhole: true, pieces);
        }

        pieces.Add(StreamPieceKind.FinishReason, message["stop_reason"]);
        pieces.Add(StreamPieceKind.Usage, message["usage"]);
    }

    private static void ReadBlock(JsonValue block, int slot, bool isWhole, PieceList pieces)
    {
        switch (block["type"].Text)
        {
            case "text":
                pieces.Add(StreamPieceKind.Text, block["text"], slot: slot);
                break;
            case "thinking":
                pieces.Add(StreamPieceKind.Reasoning, block["thinking"], slot: slot);
                break;
            case "tool_use" or "server_tool_use" or "mcp_tool_use":
                // A block that only starts carries an empty input; the arguments follow as text.
                pieces.AddToolCall(block["id"], block["name"], isWhole ? block["input"] : default, 0, slot);
                break;
            default:
                pieces.Add(StreamPieceKind.Part, block, slot: slot);
                break;
        }
    }
}
