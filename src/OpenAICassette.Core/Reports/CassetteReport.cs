namespace OpenAICassette.Reports;

/// <summary>Reports of findings for those who do not take objects: build servers, code scanning, pull requests.</summary>
public static class CassetteReport
{
    /// <summary>Renders a report. Paths below a folder are written relative to it, with forward slashes.</summary>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="format">Whom it is for.</param>
    /// <param name="folder">The folder, normally the working directory; null to leave paths as they are.</param>
    public static string Render(IEnumerable<ReportEntry> entries, ReportFormat format, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var all = entries.Select(entry => entry with { Path = Relative(entry.Path, folder) }).ToList();
        return format switch
        {
            ReportFormat.Sarif => SarifReport.Render(all),
            ReportFormat.GitHub => GitHubReport.Render(all),
            ReportFormat.JUnit => JUnitReport.Render(all),
            _ => MarkdownReport.Render(all),
        };
    }

    private static string Relative(string path, string? folder)
    {
        if (folder is null || !Path.IsPathRooted(path))
        {
            return path.Replace('\\', '/');
        }

        var relative = Path.GetRelativePath(folder, path);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }
}
