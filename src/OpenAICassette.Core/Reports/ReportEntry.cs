namespace OpenAICassette.Reports;

/// <summary>One line of a report, whatever it tells of.</summary>
/// <param name="Id">The stable id of the kind of finding.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Path">The file.</param>
/// <param name="Message">What is wrong; one sentence without a secret.</param>
internal sealed record ReportEntry(string Id, ReportLevel Level, string Path, string Message)
{
    /// <summary>The JSON pointer of the place; empty for the file as a whole.</summary>
    public string Pointer { get; init; } = string.Empty;

    /// <summary>The line, from 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>What findings of the kind are.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>True when the finding is about security.</summary>
    public bool IsSecurity { get; init; }

    /// <summary>The entry for a finding of any kind that reports tell of.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>The entry; null for an object of another kind.</returns>
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
            Description = health.Id,
        };
}

/// <summary>How much an entry of a report matters.</summary>
internal enum ReportLevel
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something to mend.</summary>
    Error,
}
