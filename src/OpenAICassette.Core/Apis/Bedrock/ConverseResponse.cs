namespace OpenAICassette.Apis.Bedrock;

/// <summary>Represents a whole response: <c>output.message</c> with its stop reason and usage.</summary>
internal static class ConverseResponse
{
    /// <summary>Reads a response.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        var message = data["output"]["message"];
        pieces.Add(StreamPieceKind.Role, message["role"]);
        var slot = 0;
        foreach (var block in message["content"].Elements)
        {
            ReadBlock(block, slot++, pieces);
        }

        pieces.Add(StreamPieceKind.FinishReason, data["stopReason"]);
        pieces.Add(StreamPieceKind.Usage, data["usage"]);
    }

    private static void ReadBlock(JsonValue block, int slot, PieceList pieces)
    {
        if (block["text"].HasValue)
        {
            pieces.Add(StreamPieceKind.Text, block["text"], slot: slot);
        }
        else if (block["toolUse"] is { HasValue: true } call)
        {
            pieces.AddToolCall(call["toolUseId"], call["name"], call["input"], choice: 0, slot);
        }
        else if (BedrockBlock.ThoughtIn(block) is { HasValue: true } thought)
        {
            pieces.Add(StreamPieceKind.Reasoning, thought, slot: slot);
        }
        else if (block["citationsContent"]["content"].HasValue)
        {
            foreach (var part in block["citationsContent"]["content"].Elements)
            {
                pieces.Add(StreamPieceKind.Text, part["text"], slot: slot);
            }
        }
        else
        {
            pieces.Add(StreamPieceKind.Part, block, slot: slot);
        }
    }
}
