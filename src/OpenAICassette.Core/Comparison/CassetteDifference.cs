using OpenAICassette.Comparison;

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
    private readonly WordRuns? _runs;
    private readonly WordChange[] _words = [];

    /// <summary>
    /// Gets the changed words of a text; empty for other values. Each call returns a new list, made of the two values.
    /// </summary>
    public IReadOnlyList<WordChange> Words
    {
        get => _runs?.ToArray() ?? _words;
        init
        {
            _runs = WordRuns.Find(value, Old, New);
            _words = _runs is null ? value.ToArray() : [];
        }
    }

    /// <summary>
    /// Returns the difference as text, for example: request messages[3].content: in [-all-]{+no+} caps.
    /// </summary>
    public override string ToString() =>
        $"{Area.ToString().ToLowerInvariant()} {Place}: {(Words is { Count: > 0 } words ? string.Concat(words) : $"{Old ?? "nothing"} → {New ?? "nothing"}")}";
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
