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
    /// <summary>Returns the path, severity, id and message.</summary>
    public override string ToString() => $"{Path}: {Severity.ToString().ToLowerInvariant()} {Id}: {Message}";
}
