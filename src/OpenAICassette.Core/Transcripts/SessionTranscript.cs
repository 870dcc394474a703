using OpenAICassette.Apis;
using OpenAICassette.Conversations;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Tells the log of an agent as one transcript: each message once, in the order of the log, with the work of sub-agents
/// at
/// the calls that started them. The time that takes is proportional to the length of the log.
/// </summary>
internal sealed class SessionTranscript
{
    private readonly SessionLog _log;
    private readonly IReadOnlyList<Interaction> _calls;
    private readonly ReadOnlyMemory<byte> _document;
    private readonly SubagentTranscripts _agents;

    private SessionTranscript(Cassette cassette, SessionLog log, int depth)
    {
        (_log, _calls, _document) = (log, cassette.Interactions, cassette.Source.Read());
        _agents = new SubagentTranscripts(cassette.Source, log, _document, depth, Tell);
    }

    /// <summary>Returns the transcript of a cassette; null if it is not the log of an agent.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="depth">How many agents have started the one whose log it is.</param>
    public static Transcript? Of(Cassette cassette, int depth = 0)
    {
        if (SessionLog.Of(cassette) is not { } log || log.Turns.Count != cassette.Interactions.Count)
        {
            return null;
        }

        using var loan = cassette.Source.Hold(cassette.Source.Read());
        var session = new SessionTranscript(cassette, log, depth);
        var main = log.Turns.Where(turn => turn.Node.Agent is null).ToList();

        // The log of a sub-agent has nothing else.
        var isOwn = main.Count == 0;
        return isOwn
            ? session.Tell(log.Turns, _ => true, isWhole: false)
            : session.Tell(main, node => node.Agent is null, isWhole: true);
    }

    private Transcript Tell(List<LogTurn> turns, Func<LogNode, bool> isPart) => Tell(turns, isPart, isWhole: false);

    private Transcript Tell(List<LogTurn> turns, Func<LogNode, bool> isPart, bool isWhole)
    {
        var links = new List<ConversationLink>(turns.Count + 1);
        string? model = null;
        foreach (var turn in turns)
        {
            links.Add(LinkOf(turn, model));
            model = turn.Model ?? model;
        }

        var rest = _log.Unanswered(_document).Where(news => isPart(news.Node)).SelectMany(Told).ToList();
        if (rest.Count > 0)
        {
            links.Add(links[^1] with { News = rest, IsUnanswered = true });
        }

        var agents = new Dictionary<ToolCall, Transcript>(ReferenceEqualityComparer.Instance);
        foreach (var call in turns.SelectMany((_, at) => links[at].Conversation.Choices).SelectMany(CallsOf))
        {
            if (_agents.Find(call) is { } agent)
            {
                agents[call] = agent;
            }
        }

        // Sub-agents whose calls are not in the log come last.
        links.AddRange(isWhole ? _agents.Rest().SelectMany(LinksOf) : []);
        return new Transcript(links, agents, _agents.Files);
    }

    private static IReadOnlyList<ToolCall> CallsOf(Choice choice) => choice.Message.ToolCalls;

    private IEnumerable<ConversationLink> LinksOf(List<LogTurn> thread) =>
        thread.Select(turn => LinkOf(turn, null)).Select((link, at) => at == 0 ? Begin(link) : link);

    private static ConversationLink Begin(ConversationLink link)
    {
        const string note = "sub-agent";
        return link.News is { Count: > 0 } news
            ? link with
            {
                News = [news[0] with { Note = note }, .. news.Skip(1)],
            }
            : link with
            {
                Note = note,
            };
    }

    private ConversationLink LinkOf(LogTurn turn, string? model)
    {
        var conversation = ConversationAssembler.Assemble(_calls[turn.Index]);
        var changed = turn.Model is not null && model is not null && turn.Model != model ? $"model {turn.Model}" : null;
        var note = string.Join(" · ", new[] { NoteOf(turn.Node), changed }.OfType<string>());
        return new ConversationLink(conversation, 0)
        {
            News = [.. _log.NewsOf(turn, _document).SelectMany(Told)],
            AnsweredAt = turn.EndedAt,
            Note = note.Length > 0 ? note : null,
        };
    }

    private static IEnumerable<ToldMessage> Told((LogNode Node, IReadOnlyList<ReadOnlyMemory<byte>> Items) news)
    {
        var note = news.Node.Turn is null ? NoteOf(news.Node) : null;
        var at = news.Node.Turn is null ? news.Node.At : null;
        if (news.Items.Count == 0 && note is not null)
        {
            yield return new ToldMessage(new Message { Role = string.Empty }, at, note);
        }

        foreach (var message in news.Items.SelectMany(item => RequestReader.ReadItem(JsonValue.ParseOrUndefined(item))))
        {
            yield return new ToldMessage(message, at, note);
            note = null;
        }
    }

    private static string? NoteOf(LogNode node) =>
        node.Mark == LogMark.None ? null
        : string.IsNullOrEmpty(node.MarkText) ? Name(node.Mark)
        : $"{Name(node.Mark)}: {node.MarkText}";

    private static string Name(LogMark mark) => mark == LogMark.Compacted ? "compacted" : "rewound";
}
