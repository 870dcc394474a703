using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Represents where the attributes with the messages of a call stand; empty for one that is not there.
/// </summary>
/// <param name="Instructions">The instructions of the system.</param>
/// <param name="Input">The messages of the request.</param>
/// <param name="Output">The answers.</param>
/// <param name="Tools">The tools that the request offers.</param>
internal sealed record TracedTexts(LogSpan Instructions, LogSpan Input, LogSpan Output, LogSpan Tools);

/// <summary>Represents a call of a model in a trace, with the facts that one pass over the file found.</summary>
internal sealed record TracedCall
{
    /// <summary>Gets the path of the operation that the call is told as.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the model that was asked for; null if it was not traced.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the model that answered; null if it was not traced.</summary>
    public string? AnsweredModel { get; init; }

    /// <summary>Gets the id of the response; null if it was not traced.</summary>
    public string? ResponseId { get; init; }

    /// <summary>Gets the tokens; null if they were not traced.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Gets why each answer ended, in the service's words; none if that was not traced.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Gets when the request was sent; null if it was not traced.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Gets how long the call took; null if it was not traced.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Gets the time to the first part of the answer; null if it was not traced.</summary>
    public TimeSpan? TimeToFirstFrame { get; init; }

    /// <summary>
    /// Gets the host that was asked, with its port if it is not the usual one; null if it was not traced.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>Gets the HTTP status; null if it was not traced.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the type of the error; null if the call succeeded.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets why the call failed; null if it succeeded.</summary>
    public string? Failure { get; init; }

    /// <summary>
    /// Gets whether the trace has the request and the response themselves, and not only what was said.
    /// </summary>
    public bool IsRaw { get; init; }

    /// <summary>Gets where the messages of the conventions stand; null if they are not single attributes.</summary>
    public TracedTexts? Texts { get; init; }

    /// <summary>Gets what only the trace knows of the call.</summary>
    public required LoggedCall Place { get; init; }

    /// <summary>Returns the facts of an interaction; null if it is not of a trace.</summary>
    public static TracedCall? Of(Interaction interaction) =>
        interaction.Summary.Views is TraceViews views ? views.Call : null;

    /// <summary>Returns the time between two others; null if one is missing or they are in the wrong order.</summary>
    public static TimeSpan? Between(DateTimeOffset? start, DateTimeOffset? end) =>
        end - start is { } time && time >= TimeSpan.Zero ? time : null;
}
