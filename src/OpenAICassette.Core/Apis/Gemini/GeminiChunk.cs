namespace OpenAICassette.Apis.Gemini;

/// <summary>
/// Gemini's generateContent, streamed or whole: <c>candidates</c> of content parts, with snake case or camel case
/// names.
/// </summary>
internal static class GeminiChunk
{
    /// <summary>Reads a chunk or a whole response.</summary>
    public static void Read(JsonValue data, PieceList pieces)
    {
        pieces.Add(StreamPieceKind.Model, GeminiNames.Find(data, "model_version", "modelVersion"));
        foreach (var candidate in data["candidates"].Elements)
        {
            var choice = (int)(candidate["index"].WholeNumber ?? 0);
            pieces.Add(StreamPieceKind.Role, candidate["content"]["role"], choice);
            var slot = 0;
            foreach (var part in candidate["content"]["parts"].Elements)
            {
                ReadPart(part, choice, slot++, pieces);
            }

            var reason = GeminiNames.Find(candidate, "finish_reason", "finishReason");
            pieces.Add(StreamPieceKind.FinishReason, reason, choice);
        }

        LiveMessage.Read(data, pieces);
        pieces.Add(StreamPieceKind.Usage, GeminiNames.Find(data, "usage_metadata", "usageMetadata"));
    }

    /// <summary>Reads a content part.</summary>
    public static void ReadPart(JsonValue part, int choice, int slot, PieceList pieces)
    {
        var call = GeminiNames.Find(part, "function_call", "functionCall");
        if (part["text"].Text is not null)
        {
            // All of a candidate's text is one text, however the parts fall.
            var kind = part["thought"].Truth == true ? StreamPieceKind.Reasoning : StreamPieceKind.Text;
            pieces.Add(kind, part["text"], choice);
        }
        else if (call.HasValue)
        {
            var arguments = call["args"].Exists ? call["args"] : GeminiNames.Find(call, "partial_args", "partialArgs");
            pieces.AddToolCall(call["id"], call["name"], arguments, choice, slot);
        }
        else
        {
            pieces.Add(StreamPieceKind.Part, part, choice, slot);
        }
    }
}
