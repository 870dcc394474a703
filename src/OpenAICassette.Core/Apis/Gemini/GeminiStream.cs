namespace OpenAICassette.Apis.Gemini;

/// <summary>
/// How a stream of generateContent's responses, each of which looks like a whole one, goes on and ends.
/// </summary>
internal sealed class GeminiStream : IWholeChunks
{
    /// <summary>Gets the stream.</summary>
    public static GeminiStream Instance { get; } = new();

    /// <summary>
    /// True for a response that has all that is said, because every candidate says why it ends or the prompt was
    /// blocked.
    /// </summary>
    public bool IsEnd(JsonValue data)
    {
        var candidates = data["candidates"];
        return GeminiNames.Find(data["promptFeedback"], "block_reason", "blockReason").HasValue
            || (candidates.Count > 0 && candidates.Elements.All(IsOver));
    }

    /// <summary>True where both have one id or, where they have none, the earlier one is not the end.</summary>
    public bool GoesOn(JsonValue earlier, JsonValue data)
    {
        var id = IdOf(data);
        return GeminiFamily.Instance.ShapeOf(data, null) != ResponseShape.None
            && id == IdOf(earlier)
            && (id is not null || !IsEnd(earlier) || !data["candidates"].Exists);
    }

    private static bool IsOver(JsonValue candidate) =>
        GeminiNames.Find(candidate, "finish_reason", "finishReason").HasValue;

    private static string? IdOf(JsonValue data) => GeminiNames.Find(data, "response_id", "responseId").Text;
}
