namespace OpenAICassette;

/// <summary>
/// Represents what only the log of an agent, or a trace, knows of a call. It is an extension of the interaction.
/// </summary>
public sealed record LoggedCall
{
    /// <summary>Gets the id of the session; null if it was not logged.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the id of the session that started this one; null if there is none.</summary>
    public string? ParentSessionId { get; init; }

    /// <summary>Gets the id of the sub-agent that made the call; null for the main agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>Gets whether a sub-agent made the call.</summary>
    public bool IsSubagent { get; init; }

    /// <summary>Gets the folder that the agent worked in; null if it was not logged.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Gets the branch of the repository there; null if it was not logged.</summary>
    public string? Branch { get; init; }

    /// <summary>Gets the version of the agent; null if it was not logged.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>Gets the id of the trace; null for the log of an agent.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the id of the entry with the answer, or of the span; null if entries have none.</summary>
    public string? EntryId { get; init; }

    /// <summary>
    /// Gets the id of the entry before it, or of the span around it; null for the first one, or if entries have none.
    /// </summary>
    public string? ParentEntryId { get; init; }

    /// <summary>
    /// Gets the line of the log with the start of the answer, from 1; null if a log does not consist of lines.
    /// </summary>
    public int? Line { get; init; }

    /// <summary>Gets what happened to the session between the call before and this one.</summary>
    public LogMark Mark { get; init; }
}
