namespace OpenAICassette.Apis.Gemini;

/// <summary>
/// Gemini's Interactions API: an <c>interaction</c> object with steps, or with outputs as in its first version, or the
/// events that build one.
/// </summary>
internal static class InteractionsChunk
{
    /// <summary>Reads an event or a whole interaction.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        if (data["event_type"].Text is null)
        {
            ReadInteraction(data, pieces);
            ReadSteps(data["steps"], pieces);
            return;
        }

        var slot = (int)(data["index"].WholeNumber ?? 0);
        ReadInteraction(data["interaction"], pieces);
        ReadStep(data["step"], slot, isWhole: false, pieces);
        ReadOutput(data["delta"], slot, pieces);
        var error = data["error"];
        pieces.Add(StreamPieceKind.Error, error.HasValue ? error : data["interaction"]["error"]);
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

    /// <summary>Reads the steps of a whole interaction; the last event of a stream only repeats them.</summary>
    private static void ReadSteps(JsonValue steps, PieceList pieces)
    {
        var slot = 0;
        foreach (var step in steps.Elements)
        {
            ReadStep(step, slot, isWhole: true, pieces);
            slot += Math.Max(1, step["content"].Count);
        }
    }

    private static void ReadStep(JsonValue step, int slot, bool isWhole, PieceList pieces)
    {
        switch (step["type"].Text)
        {
            case "model_output":
                pieces.Add(StreamPieceKind.Text, step["content"].Text is null ? default : step["content"], slot: slot);
                foreach (var part in step["content"].Elements)
                {
                    ReadOutput(part, slot++, pieces);
                }

                break;
            case "thought":
                foreach (var thought in step["summary"].Elements.Concat(step["content"].Elements))
                {
                    pieces.Add(StreamPieceKind.Reasoning, thought["text"], slot: slot);
                }

                break;
            case "function_call":
                // In a stream, the arguments follow.
                var arguments = step["arguments"];
                var isBegun = !isWhole && arguments is { Kind: System.Text.Json.JsonValueKind.Object, Count: 0 };
                var id = step["id"].HasValue ? step["id"] : step["call_id"];
                pieces.AddToolCall(id, step["name"], isBegun ? default : arguments, 0, slot);
                break;
            case not (null or "user_input" or "function_result"):
                pieces.Add(StreamPieceKind.Part, step, slot: slot);
                break;
        }
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
            case "arguments_delta":
                pieces.Add(StreamPieceKind.ToolArguments, output["arguments"], slot: slot);
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
