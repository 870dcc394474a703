using OpenAICassette.Redaction;

namespace OpenAICassette.Reports;

/// <summary>Represents one entry of a report.</summary>
/// <param name="Id">The stable id of the kind of finding.</param>
/// <param name="Level">The severity.</param>
/// <param name="Path">The file.</param>
/// <param name="Message">The problem, in one sentence without a secret.</param>
internal sealed record ReportEntry(string Id, ReportLevel Level, string Path, string Message)
{
    /// <summary>Gets the location as a JSON pointer; empty for the whole file.</summary>
    public string Pointer { get; init; } = string.Empty;

    /// <summary>Gets the line, from 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>Gets the column in the line, from 1; 0 if it is not known.</summary>
    public int Column { get; init; }

    /// <summary>Gets how sure the finding is; null if it is certain.</summary>
    public SecretConfidence? Confidence { get; init; }

    /// <summary>Gets what to do about this kind of finding; null if the message says it.</summary>
    public string? Remedy { get; init; }

    /// <summary>Gets the page that helps with this kind of finding; null if there is none.</summary>
    public string? HelpUri { get; init; }

    /// <summary>Gets the description of this kind of finding.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Gets what remains of a finding when text is inserted before it; empty if its place says it.</summary>
    public string Trait { get; init; } = string.Empty;

    /// <summary>Gets who needs the finding to be resolved; null for everybody.</summary>
    public string? Audience { get; init; }

    /// <summary>Gets whether the finding concerns security.</summary>
    public bool IsSecurity { get; init; }

    /// <summary>Returns the entry for a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>The entry; null for an object of another type.</returns>
    public static ReportEntry? Of(object finding) =>
        finding switch
        {
            Finding secret => Of(secret),
            HealthFinding health => Of(health),
            _ => null,
        };

    private static ReportEntry Of(Finding secret) =>
        new(
            secret.Rule,
            secret.Severity == SecretSeverity.Error ? ReportLevel.Error : ReportLevel.Warning,
            secret.Path,
            $"{secret.Description}: {secret.Preview}{(secret.Chunks is null ? string.Empty : $", over the chunks {secret.Chunks}")}"
        )
        {
            Pointer = secret.Pointer,
            Line = Math.Max(secret.Line, 1),
            Column = secret.Column,
            Confidence = secret.Confidence,
            Remedy = SecretRemedy.Of(secret.Rule).Text,
            HelpUri = SecretRemedy.Of(secret.Rule).Uri,

            // With the salt of a baseline, the hash tells secrets apart without telling what they are.
            Trait = secret.Hash ?? secret.Preview,
            Description = secret.Description,
            IsSecurity = true,
        };

    private static ReportEntry Of(HealthFinding health) =>
        new(
            health.Id,
            health.Severity switch
            {
                HealthSeverity.Error => ReportLevel.Error,
                HealthSeverity.Warning => ReportLevel.Warning,
                _ => ReportLevel.Note,
            },
            health.Path,
            health.Mend is null ? health.Message : $"{health.Message}; {health.Mend}"
        )
        {
            Pointer = health.Pointer,
            Line = (int)Math.Min(health.Line ?? 1, int.MaxValue),
            Audience = health.Audience.ToString().ToLowerInvariant(),
            Description = health.Id,
        };
}

/// <summary>Specifies the severity of an entry.</summary>
internal enum ReportLevel
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>Needs a repair.</summary>
    Error,
}
