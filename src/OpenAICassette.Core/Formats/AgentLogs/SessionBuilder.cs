namespace OpenAICassette.Formats.AgentLogs;

/// <summary>Builds the index of a session from its entries, one after the other.</summary>
/// <param name="log">The session.</param>
internal sealed class SessionBuilder(SessionLog log)
{
    private LogMark _mark;
    private string? _markText;

    /// <summary>Gets the session.</summary>
    public SessionLog Log => log;

    /// <summary>Notes what happened to the session; the next node has the mark.</summary>
    public void Mark(LogMark mark, string? text = null) => (_mark, _markText) = (mark, text);

    /// <summary>Adds a message to the model.</summary>
    /// <param name="parent">The node before it.</param>
    /// <param name="span">The entry.</param>
    /// <param name="said">What it says.</param>
    /// <param name="messages">The number of messages that it is.</param>
    /// <param name="isPrompt">Whether the user said it; false for the result of a tool.</param>
    /// <param name="at">When it was logged.</param>
    /// <param name="agent">The sub-agent that it was said to.</param>
    public LogNode AddInput(
        LogNode? parent,
        LogSpan span,
        ReadOnlySpan<byte> said,
        int messages,
        bool isPrompt,
        DateTimeOffset? at,
        string? agent = null
    )
    {
        var answer = parent?.ResultOf ?? (parent?.Turn is null ? null : parent);
        var before = parent is null ? null : After(parent);
        var node = new LogNode(before, messages)
        {
            At = at,
            Agent = agent,
            ResultOf = isPrompt ? null : answer,
        };
        node.Add(span, said);
        if (!isPrompt && answer is not null)
        {
            answer.LastResult = node;
        }
        else
        {
            node.Opening ??= isPrompt ? node : null;
            Continue(node, parent);
        }

        return Append(node);
    }

    /// <summary>Adds a call with the first entry of its answer.</summary>
    /// <param name="parent">The node before it.</param>
    /// <param name="span">The entry.</param>
    /// <param name="said">What it says.</param>
    /// <param name="at">When it was logged.</param>
    /// <param name="make">Makes the call of its position, its answer and the mark before it.</param>
    /// <param name="agent">The sub-agent that made the call.</param>
    /// <param name="messages">
    /// The number of messages with which a request repeats it, with the results it holds.
    /// </param>
    public LogTurn AddTurn(
        LogNode? parent,
        LogSpan span,
        ReadOnlySpan<byte> said,
        DateTimeOffset? at,
        Func<int, LogNode, LogMark, LogTurn> make,
        string? agent = null,
        int messages = 1
    )
    {
        var before = parent is null ? null : After(parent);
        var node = new LogNode(before, messages) { At = at, Agent = agent };
        node.Add(span, said);
        Continue(node, parent);
        Append(node);
        var turn = make(log.Turns.Count, node, node.MarkSince);
        node.Turn = turn;
        turn.EndedAt = at;
        log.Turns.Add(turn);
        for (var known = node.Parent; known is { KnownTo: null }; known = known.Turn is null ? known.Parent : null)
        {
            known.KnownTo = turn;
        }

        return turn;
    }

    /// <summary>
    /// Returns the node that what goes on from another follows: of an answer, the last result of its tools.
    /// </summary>
    public static LogNode After(LogNode node)
    {
        var answer = node.ResultOf ?? node;
        return answer.LastResult ?? node;
    }

    private static void Continue(LogNode node, LogNode? parent)
    {
        var from = parent?.ResultOf ?? parent;
        if (from is null)
        {
            return;
        }

        if (from.IsContinued)
        {
            node.Mark = LogMark.Rewound;
        }

        from.IsContinued = true;
    }

    private LogNode Append(LogNode node)
    {
        if (_mark != LogMark.None)
        {
            (node.Mark, node.MarkText) = (_mark, _markText);
            (_mark, _markText) = (LogMark.None, null);
        }

        var before = node.Parent is null || node.Parent.Turn is not null ? LogMark.None : node.Parent.MarkSince;
        node.MarkSince = node.Mark == LogMark.None ? before : node.Mark;
        log.Nodes.Add(node);
        return node;
    }
}
