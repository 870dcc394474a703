using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>Compares what a replay sends with what a client saw while it was recorded.</summary>
internal static class FaithfulReplay
{
    /// <summary>
    /// Returns true when a replay gives the client what it saw. Embeddings are sent in the form that is asked for,
    /// whatever was recorded.
    /// </summary>
    /// <param name="interaction">Gets the recorded interaction.</param>
    /// <param name="draft">What the client saw.</param>
    public static bool Is(Interaction interaction, ExchangeDraft draft) =>
        IsSame(WireFormat.Of(interaction), draft) || IsSame(WireFormat.Of(interaction, asText: true), draft);

    /// <summary>Returns true for the same status, and the same events or the same JSON.</summary>
    private static bool IsSame(WireAnswer replay, ExchangeDraft draft)
    {
        if (replay.Status != draft.Status || replay.IsStream != draft.Events.Count > 0)
        {
            return false;
        }

        var body = replay.Join();
        if (replay.IsStream)
        {
            var sent = WithData(
                draft.IsEventStream ? StreamEvent.ReadEvents(body.Span) : StreamEvent.ReadLines(body.Span)
            );
            var received = WithData(draft.Events);
            return sent.Count == received.Count && sent.Zip(received).All(pair => pair.First.IsSame(pair.Second));
        }

        if (body.Span.SequenceEqual(draft.ResponseBody.Bytes.Span))
        {
            return true;
        }

        var json = draft.ResponseBody.Json.Exists ? JsonValue.ParseOrUndefined(body) : default;
        return json.Exists && RecorderText.IsSame(json, draft.ResponseBody.Json);
    }

    private static List<StreamEvent> WithData(IReadOnlyList<StreamEvent> events) =>
        [.. events.Where(received => received.Data is not null)];
}
