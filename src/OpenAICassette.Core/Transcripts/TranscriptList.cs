using OpenAICassette.Conversations;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Makes the transcripts of cassettes: one for each call, one for a whole session of an agent, and one for the calls
/// of a trace that go on from each other.
/// </summary>
internal static class TranscriptList
{
    /// <summary>Returns the transcripts of a cassette.</summary>
    public static IReadOnlyList<Transcript> Of(Cassette cassette) =>
        SessionTranscript.Of(cassette) is { } session
            ? [session]
            : TraceTranscript.Of(cassette)
                ?? [.. cassette.Interactions.Select(each => new Transcript(ConversationAssembler.Assemble(each)))];

    /// <summary>
    /// Returns the transcripts of conversations, of which those that continue each other are one. So are all calls of a
    /// session; the log of a sub-agent that a session tells is not told again.
    /// </summary>
    public static IReadOnlyList<Transcript> Merge(IEnumerable<Conversation> conversations)
    {
        var all = conversations.ToList();
        var sessions = all.Where(each => SessionLog.Of(each.Interaction) is not null)
            .GroupBy(each => each.Interaction.Cassette)
            .Where(session => session.Count() == session.Key.Interactions.Count)
            .Select(session => session.Key)
            .ToHashSet();
        var others = all.Where(each => !sessions.Contains(each.Interaction.Cassette));
        var told = sessions.Select(session => (Session: session, Transcript: SessionTranscript.Of(session)!)).ToList();
        var folded = told.SelectMany(each => FoldedIn(each.Session, each.Transcript)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. told.Where(each => each.Session.Path is null || !folded.Contains(each.Session.Path))
                .Select(each => each.Transcript),
            .. ConversationMerger.Merge(others).Select(chain => new Transcript(chain)),
        ];
    }

    private static IEnumerable<string> FoldedIn(Cassette session, Transcript transcript) =>
        session.Path is { } path
            ? transcript.AgentFiles.Select(name => Path.GetFullPath(Path.Join(Path.GetDirectoryName(path), name)))
            : [];
}
