using System.Collections.Concurrent;

namespace OpenAICassette.Formats.AgentLogs;

/// <summary>
/// Represents the index of a session: what was said, in which order, and what each call knew. Requests are made when
/// they are asked for, because each repeats the one before it.
/// </summary>
/// <param name="dialect">Says entries in the words of an API.</param>
internal sealed class SessionLog(ILogDialect dialect)
{
    /// <summary>Gets what says entries in the words of an API.</summary>
    public ILogDialect Dialect => dialect;

    /// <summary>Gets all nodes, in file order.</summary>
    public List<LogNode> Nodes { get; } = [];

    /// <summary>Gets the calls, in file order.</summary>
    public List<LogTurn> Turns { get; } = [];

    /// <summary>Gets the entry that is about the whole session; empty if there is none.</summary>
    public LogSpan Head { get; set; }

    /// <summary>
    /// Gets the number of messages that each request has before those of the path: one of the system, or none.
    /// </summary>
    public int SystemMessages { get; set; }

    /// <summary>Gets what could not be read; the rest was.</summary>
    public List<CassetteException> Problems { get; } = [];

    /// <summary>Gets the ids of conversations that were made already, by their first message.</summary>
    public ConcurrentDictionary<LogNode, string> Ids { get; } = new();

    /// <summary>Returns the session and the call that an interaction is of; null if it is not of a log.</summary>
    public static (SessionLog Log, LogTurn Turn)? Of(Interaction interaction) =>
        interaction.Summary.Views is LogViews views ? (views.Log, views.Turn) : null;

    /// <summary>Returns the session that a cassette is the log of; null if it is not a log, or has no calls.</summary>
    public static SessionLog? Of(Cassette cassette) => cassette.Interactions is [var first, ..] ? Of(first)?.Log : null;

    /// <summary>Returns the nodes from the first one of a path to its end.</summary>
    public static List<LogNode> PathTo(LogNode? end)
    {
        var path = new List<LogNode>();
        for (var node = end; node is not null; node = node.Parent)
        {
            path.Add(node);
        }

        path.Reverse();
        return path;
    }

    /// <summary>
    /// Returns how many bytes the messages of all requests have together, each of which repeats those before it.
    /// </summary>
    public long LengthOfRequests(ReadOnlyMemory<byte> document)
    {
        var lengths = new Dictionary<LogNode, long>();
        foreach (var node in Nodes)
        {
            var before = node.Parent is null ? 0 : lengths.GetValueOrDefault(node.Parent);
            lengths[node] = before + ItemsOf(node, document).Sum(item => (long)item.Length);
        }

        return Turns.Sum(turn => turn.Node.Parent is { } last ? lengths.GetValueOrDefault(last) : 0);
    }

    /// <summary>Returns the messages that a node adds to a request, as JSON values.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ItemsOf(LogNode node, ReadOnlyMemory<byte> document) =>
        dialect.Items(node, EntriesOf(node, document));

    /// <summary>Returns the request of a call.</summary>
    public ReadOnlyMemory<byte> RequestOf(LogTurn turn, ReadOnlyMemory<byte> document) =>
        dialect.Request(
            turn,
            Head.In(document),
            turn.Context.In(document),
            PathTo(turn.Node.Parent).SelectMany(node => ItemsOf(node, document))
        );

    /// <summary>
    /// Returns what no call before this one knew: the nodes, each with the messages that are new. The news of all calls
    /// together are as long as the log.
    /// </summary>
    public List<(LogNode Node, IReadOnlyList<ReadOnlyMemory<byte>> Items)> NewsOf(
        LogTurn turn,
        ReadOnlyMemory<byte> document
    )
    {
        var news = new List<(LogNode, IReadOnlyList<ReadOnlyMemory<byte>>)>();
        for (var node = turn.Node.Parent; node?.KnownTo == turn; node = node.Turn is null ? node.Parent : null)
        {
            news.Add((node, NewsIn(node, document)));
        }

        news.Reverse();
        return news;
    }

    /// <summary>Returns the nodes that no call knew, such as a last message that was not answered.</summary>
    public List<(LogNode Node, IReadOnlyList<ReadOnlyMemory<byte>> Items)> Unanswered(ReadOnlyMemory<byte> document) =>
        [.. Nodes.Where(node => node.KnownTo is null).Select(node => (node, NewsIn(node, document)))];

    private List<ReadOnlyMemory<byte>> NewsIn(LogNode node, ReadOnlyMemory<byte> document) =>
        [.. node.Turn is null ? ItemsOf(node, document) : dialect.ResultsIn(EntriesOf(node, document))];

    /// <summary>Returns the request of a call with only what no call before it knew.</summary>
    public ReadOnlyMemory<byte> NewRequestOf(LogTurn turn, ReadOnlyMemory<byte> document) =>
        dialect.Request(
            turn,
            turn.Index == 0 ? Head.In(document) : default,
            turn.Context.In(document),
            NewsOf(turn, document).SelectMany(news => news.Items)
        );

    /// <summary>Returns the request of a call without its messages.</summary>
    public ReadOnlyMemory<byte> SettingsOf(LogTurn turn, ReadOnlyMemory<byte> document) =>
        dialect.Request(turn, Head.In(document), turn.Context.In(document), []);

    /// <summary>Returns the response of a call.</summary>
    public ReadOnlyMemory<byte> AnswerOf(LogTurn turn, ReadOnlyMemory<byte> document) =>
        dialect.Answer(turn, EntriesOf(turn.Node, document), turn.UsageAt.In(document));

    /// <summary>Returns the entries of a node.</summary>
    public static JsonValue[] EntriesOf(LogNode node, ReadOnlyMemory<byte> document) =>
        [.. node.Spans.Select(span => span.In(document))];
}
