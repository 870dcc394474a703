namespace OpenAICassette;

/// <summary>Represents a difference between two recordings of a call.</summary>
/// <param name="Area">The part of the call.</param>
/// <param name="Place">
/// The location, for example messages[3].content, tools.get_weather.parameters.properties.city,
/// choices[0].finish_reason.
/// </param>
/// <param name="Old">The old value: text unchanged, anything else as JSON; null if there is none.</param>
/// <param name="New">The new value; null if there is none.</param>
public sealed record CassetteDifference(DifferenceArea Area, string Place, string? Old, string? New)
{
    /// <summary>Gets the changed words of a text; empty for other values.</summary>
    public IReadOnlyList<WordChange> Words
    {
        get;
        init => field = value.ToArray();
    } = Array.Empty<WordChange>();

    /// <summary>
    /// Returns the difference as text, for example: request messages[3].content: in [-all-]{+no+} caps.
    /// </summary>
    public override string ToString() =>
        $"{Area.ToString().ToLowerInvariant()} {Place}: {(Words.Count > 0 ? string.Concat(Words) : $"{Old ?? "nothing"} → {New ?? "nothing"}")}";
}

/// <summary>Specifies the part of a call that differs.</summary>
public enum DifferenceArea
{
    /// <summary>The request: messages, tools, parameters.</summary>
    Request,

    /// <summary>The answer: text, tool calls, finish reason.</summary>
    Answer,

    /// <summary>The rest of the response: tokens, chunks, times, other members.</summary>
    Response,
}
