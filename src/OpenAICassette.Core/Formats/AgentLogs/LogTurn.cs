namespace OpenAICassette.Formats.AgentLogs;

/// <summary>Represents a call of the model in a session, with the facts that one pass over the log found.</summary>
/// <param name="index">The position among the calls, from 0.</param>
/// <param name="node">The answer.</param>
/// <param name="place">What only a log knows of the call.</param>
internal sealed class LogTurn(int index, LogNode node, LoggedCall place)
{
    /// <summary>Gets the position among the calls, from 0.</summary>
    public int Index => index;

    /// <summary>Gets the answer.</summary>
    public LogNode Node => node;

    /// <summary>Gets what only a log knows of the call.</summary>
    public LoggedCall Place => place;

    /// <summary>Gets the model; null if the log does not name it.</summary>
    public string? Model { get; set; }

    /// <summary>Gets whether the log has the id that the service gave the answer.</summary>
    public bool HasResponseId { get; init; }

    /// <summary>Gets the entry with the settings of the call; empty if there is none.</summary>
    public LogSpan Context { get; init; }

    /// <summary>Gets when the request was sent: when the last thing that it says was logged.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Gets when the last entry of the answer was logged.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Gets the time from the request to the end of the answer; null if the log does not tell.</summary>
    public TimeSpan? Duration => EndedAt - SentAt is { } time && time >= TimeSpan.Zero ? time : null;

    /// <summary>Gets the tokens; null if they were not logged.</summary>
    public Usage? Usage { get; set; }

    /// <summary>Gets the entry with the tokens if it is not part of the answer; empty otherwise.</summary>
    public LogSpan UsageAt { get; set; }

    /// <summary>Gets why the answer ended, in the service's words; null if that was not logged.</summary>
    public string? FinishReason { get; set; }

    /// <summary>Gets the names of the tools that the answer calls.</summary>
    public List<string> ToolsCalled { get; } = [];

    /// <summary>Gets the names of the tools that the request offers; none if they were not logged.</summary>
    public IReadOnlyList<string> ToolsOffered { get; init; } = [];

    /// <summary>Gets why the call failed; null if it succeeded.</summary>
    public string? Failure { get; init; }
}
