using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats.AgentLogs;

/// <summary>
/// Represents what a session adds to what the model knows: a message to it, or an answer of it. What a call knew are
/// the nodes on the path to the root.
/// </summary>
internal sealed class LogNode
{
    private readonly List<LogSpan> _spans = [];

    /// <summary>Creates a node after another.</summary>
    /// <param name="parent">The node before it; null for the first of a path.</param>
    /// <param name="messages">The number of messages that it adds.</param>
    public LogNode(LogNode? parent, int messages)
    {
        Parent = parent;
        Root = parent?.Root ?? this;
        Messages = messages + (parent?.Messages ?? 0);
        Hash = parent?.Hash ?? default;
        Opening = parent?.Opening;
    }

    /// <summary>Gets the node before it; null for the first of a path.</summary>
    public LogNode? Parent { get; }

    /// <summary>Gets the first node of its path.</summary>
    public LogNode Root { get; }

    /// <summary>Gets the entries of the log that it consists of.</summary>
    public IReadOnlyList<LogSpan> Spans => _spans;

    /// <summary>Gets the call whose answer it is; null for a message to the model.</summary>
    public LogTurn? Turn { get; set; }

    /// <summary>
    /// Gets the last result of the tools that the answer calls, which the next request has after all others.
    /// </summary>
    public LogNode? LastResult { get; set; }

    /// <summary>Gets the answer whose call this is the result of; null for another node.</summary>
    public LogNode? ResultOf { get; init; }

    /// <summary>
    /// Gets whether something that is not a result goes on from here, so that what follows later goes back.
    /// </summary>
    public bool IsContinued { get; set; }

    /// <summary>Gets the number of messages on the path, this node included.</summary>
    public int Messages { get; private set; }

    /// <summary>Gets a hash of what is said on the path, this node included.</summary>
    public UInt128 Hash { get; private set; }

    /// <summary>Gets the first message of the user on the path; null if there is none.</summary>
    public LogNode? Opening { get; set; }

    /// <summary>
    /// Gets the first call that knew what is said here; of an answer, that knew the results it holds. Null for none.
    /// </summary>
    public LogTurn? KnownTo { get; set; }

    /// <summary>Gets when it was logged; null if the log does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Gets what happened right before it.</summary>
    public LogMark Mark { get; set; }

    /// <summary>Gets what happened between the call before and this node.</summary>
    public LogMark MarkSince { get; set; }

    /// <summary>Gets what the log says of the mark, for example the number of tokens before a compaction.</summary>
    public string? MarkText { get; set; }

    /// <summary>Gets the id of the sub-agent that it belongs to; null for the main agent.</summary>
    public string? Agent { get; init; }

    /// <summary>
    /// Gets the ids of the sub-agents whose work it reports, by the id of the call that started each.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Agents { get; set; }

    /// <summary>Replaces the entries by one that says the same in a later state.</summary>
    public void Replace(LogSpan span, ReadOnlySpan<byte> said, int messages)
    {
        _spans.Clear();
        Messages = Parent?.Messages ?? 0;
        Hash = Parent?.Hash ?? default;
        Add(span, said, messages);
    }

    /// <summary>Adds an entry of the log.</summary>
    /// <param name="span">The entry.</param>
    /// <param name="said">What it says, without ids and times, so that equal requests have equal hashes.</param>
    /// <param name="messages">The number of messages that it adds to those of the entries before.</param>
    public void Add(LogSpan span, ReadOnlySpan<byte> said, int messages = 0)
    {
        const int shift = 1;
        Messages += messages;
        _spans.Add(span);
        Hash = UInt128.RotateLeft(Hash, shift) ^ ContentHash.Of(said);
    }
}
