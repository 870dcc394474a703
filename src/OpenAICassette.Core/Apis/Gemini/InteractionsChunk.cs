namespace OpenAICassette.Apis.Gemini;

/// <summary>
/// Gemini's Interactions API: an <c>interaction</c> object with outputs, or the events that build one.
/// </summary>
internal static class InteractionsChunk
{
    /// <summary>Reads an event or a whole interaction.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        if (data["event_type"].Text is null)
        {
            ReadInteraction(data, pieces);
            return;
        }

        ReadInteraction(data["interaction"], pieces);
        ReadOutput(data["delta"], (int)(data["index"].WholeNumber ?? 0), pieces);
        pieces.Add(StreamPieceKind.Error, data["error"]);
    }

    private static void ReadInteraction(JsonValue interaction, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Model, interaction["model"]);
        pieces.Add(StreamPieceKind.Role, interaction["role"]);
        var slot = 0;
        foreach (var output in interaction["outputs"].Elements)
        {
            ReadOutput(output, slot++, pieces);
        }

        var isOver = interaction["status"].Text is not (null or "in_progress");
        pieces.Add(StreamPieceKind.FinishReason, isOver ? interaction["status"] : default);
        pieces.Add(StreamPieceKind.Usage, interaction["usage"]);
    }

    private static void ReadOutput(JsonValue output, int slot, PieceList pieces)
    {
        switch (output["type"].Text)
        {
            case "text":
                pieces.Add(StreamPieceKind.Text, output["text"], slot: slot);
                break;
            case "thought" or "thought_summary" or "thought_signature":
                var thought = output["text"].HasValue ? output["text"] : output["content"]["text"];
                pieces.Add(StreamPieceKind.Reasoning, thought, slot: slot);
                break;
            case "function_call":
                pieces.AddToolCall(output["id"], output["name"], output["arguments"], 0, slot);
                break;
            case not null:
                pieces.Add(StreamPieceKind.Part, output, slot: slot);
                break;
        }
    }
}
