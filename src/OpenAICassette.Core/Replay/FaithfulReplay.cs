using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>Compares what a replay sends with what a client saw while it was recorded.</summary>
internal static class FaithfulReplay
{
    /// <summary>
    /// Returns how well a replay gives the client what it saw. Embeddings are sent in the form that is asked for,
    /// whatever was recorded.
    /// </summary>
    /// <param name="interaction">Gets the recorded interaction.</param>
    /// <param name="draft">What the client saw.</param>
    public static ReplayFidelity Of(Interaction interaction, ExchangeDraft draft)
    {
        var plain = WireFormat.Of(interaction);
        if (HasBytes(plain, draft))
        {
            return ReplayFidelity.SameBytes;
        }

        var encoded = WireFormat.Of(interaction, asText: true);
        return HasBytes(encoded, draft) ? ReplayFidelity.SameBytes
            : IsSame(plain, draft) || IsSame(encoded, draft) ? ReplayFidelity.SameMeaning
            : ReplayFidelity.None;
    }

    private static bool HasBytes(WireAnswer replay, ExchangeDraft draft) =>
        replay.Status == draft.Status
        && replay.IsStream == draft.Events.Count > 0
        && replay.Join().Span.SequenceEqual(draft.ResponseBody.Bytes.Span);

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

        var json = draft.ResponseBody.Json.Exists ? JsonValue.ParseOrUndefined(body) : default;
        return json.Exists && RecorderText.IsSame(json, draft.ResponseBody.Json);
    }

    private static List<StreamEvent> WithData(IReadOnlyList<StreamEvent> events) =>
        [.. events.Where(received => received.Data is not null)];
}
