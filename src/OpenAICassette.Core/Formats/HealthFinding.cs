using System.Globalization;
using OpenAICassette.Formats;

namespace OpenAICassette;

/// <summary>Represents a problem in a cassette.</summary>
/// <param name="Id">The stable id of the kind of finding, for example KeySuperseded.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Path">The path of the file, or the name of a cassette without a file.</param>
/// <param name="Pointer">The location as a JSON pointer; empty for the whole file.</param>
/// <param name="Message">The problem.</param>
/// <param name="Mend">How to repair it; null if only recording again helps or no action is needed.</param>
public sealed record HealthFinding(
    string Id,
    HealthSeverity Severity,
    string Path,
    string Pointer,
    string Message,
    string? Mend = null
)
{
    /// <summary>Gets who needs the problem to be resolved.</summary>
    public HealthAudience Audience => HealthAudiences.Of(Id);

    /// <summary>
    /// Gets the position of the interaction in the cassette, from 0; null for the whole file, and for a recording that
    /// holds only one interaction by its format.
    /// </summary>
    public int? Index { get; init; }

    /// <summary>Gets the line at which the interaction begins, from 1; null if the format does not tell.</summary>
    public long? Line { get; init; }

    /// <summary>
    /// Gets the byte offset at which the interaction begins, from 0, in the unpacked file; null if the format does not
    /// tell.
    /// </summary>
    public long? Offset { get; init; }

    /// <summary>Returns the path, severity, id, audience, place and message.</summary>
    public override string ToString()
    {
        var place = (Index, Line) switch
        {
            (null, _) => string.Empty,
            ({ } index, null) => string.Create(CultureInfo.InvariantCulture, $"interaction {index}: "),
            ({ } index, { } line) => string.Create(CultureInfo.InvariantCulture, $"interaction {index}, line {line}: "),
        };
        var audience = Audience switch
        {
            HealthAudience.Recorder => " (recorder)",
            HealthAudience.Repository => " (repository)",
            _ => string.Empty,
        };
        return $"{Path}: {Severity.ToString().ToLowerInvariant()} {Id}{audience}: {place}{Message}";
    }
}
