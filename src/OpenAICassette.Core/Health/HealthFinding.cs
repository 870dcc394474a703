namespace OpenAICassette;

/// <summary>Something about a cassette that is not as it should be.</summary>
/// <param name="Id">The stable id of the kind of finding, for example KeySuperseded.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Path">The file, or the name of a cassette that is not one.</param>
/// <param name="Pointer">The JSON pointer of the place; empty for the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Mend">How to mend it; null when nothing but recording again helps.</param>
public sealed record HealthFinding(string Id, HealthSeverity Severity, string Path, string Pointer, string Message, string? Mend = null)
{
    /// <summary>Path, severity, id and message.</summary>
    public override string ToString() => $"{Path}: {Severity.ToString().ToLowerInvariant()} {Id}: {Message}";
}
