using OpenAICassette.Cassettes;
using OpenAICassette.Json;

namespace OpenAICassette.Replay;

/// <summary>Compares what a replay sends with what a client saw while it was recorded.</summary>
internal static class FaithfulReplay
{
    /// <summary>
    /// Returns true when a replay gives the client what it saw. Embeddings are sent in the form that is asked for, whatever was recorded.
    /// </summary>
    /// <param name="interaction">The recorded interaction.</param>
    /// <param name="draft">What the client saw.</param>
    public static bool Is(Interaction interaction, ExchangeDraft draft)
        => IsSame(WireFormat.Of(interaction), draft) || IsSame(WireFormat.Of(interaction, asText: true), draft);

    /// <summary>Returns true for the same status, and the same events or the same JSON.</summary>
    private static bool IsSame(WireAnswer replay, ExchangeDraft draft)
    {
        if (replay.Status != draft.Status || replay.IsStream != draft.Events.Count > 0)
        {
            return false;
        }

        byte[] body = [.. replay.Frames.SelectMany(frame => frame.ToArray())];
        if (replay.IsStream)
        {
            var sent = WithData(draft.IsEventStream ? StreamEvent.ReadEvents(body) : StreamEvent.ReadLines(body));
            var received = WithData(draft.Events);
            return sent.Count == received.Count && sent.Zip(received).All(pair => pair.First.IsSame(pair.Second));
        }

        var json = JsonValue.ParseOrUndefined(body);
        return json.Exists && draft.Json.Exists ? RecorderText.IsSame(json, draft.Json) : body.AsSpan().SequenceEqual(draft.Body.Span);
    }

    private static List<StreamEvent> WithData(IReadOnlyList<StreamEvent> events) => [.. events.Where(received => received.Data is not null)];
}
