namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Writes exchanges as recordings: in the shape of an SDK call where a replay of that gives the client what it saw,
/// else in the shape of raw HTTP, which always does.
/// </summary>
internal static class ExchangeWriter
{
    /// <summary>Writes an exchange.</summary>
    /// <param name="draft">The exchange.</param>
    /// <param name="replays">Returns whether a replay of an interaction gives the client what it saw.</param>
    /// <param name="scrub">Takes the secrets out of bytes that are not text, before they are encoded.</param>
    /// <returns>The recording in memory, named by its key.</returns>
    public static Cassette Write(
        ExchangeDraft draft,
        Func<Interaction, bool> replays,
        Func<ReadOnlyMemory<byte>, byte[]> scrub
    )
    {
        var isCut = draft.Failure is not null;
        var member = MemberOf(draft);
        if (draft.Method == ExchangeDraft.WebSocketMethod)
        {
            return SessionRecording.Write(draft, member, scrub);
        }

        if (SdkRecording.Write(draft, member) is { } call && (isCut || replays(call.Interactions[0])))
        {
            return call;
        }

        var raw = HttpRecording.Write(draft, member, scrub);
        return isCut || replays(raw.Interactions[0])
            ? raw
            : HttpRecording.Write(draft, member with { BodyEncoding = "text" }, scrub);
    }

    /// <summary>Returns what the recorder's own members have no place for.</summary>
    private static CassetteMember MemberOf(ExchangeDraft draft)
    {
        return new CassetteMember
        {
            RecordedAt = draft.SentAt,
            Status = draft.Failure is null || draft.Status == 101 || draft.Events.Count > 0 ? draft.Status : 502,
            Headers = draft.ResponseHeaders,
            FrameOffsets = [.. draft.Events.Select(draft.MillisecondsOf)],
            HasEventNames = draft.Events.Any(received => received.Name is not null),
        };
    }
}
