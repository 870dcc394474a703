using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Reports;

/// <summary>Renders findings for build servers, code scanning and pull requests.</summary>
internal static class CassetteReport
{
    /// <summary>Renders a report. Paths below a folder are written relative to it, with forward slashes.</summary>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="format">The consumer of the report.</param>
    /// <param name="folder">The folder, normally the working directory; null to leave paths as they are.</param>
    public static string Render(IEnumerable<ReportEntry> entries, ReportFormat format, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var all = entries.Select(entry => Shown(entry, folder)).ToList();
        return format switch
        {
            ReportFormat.Sarif => SarifReport.Render(all),
            ReportFormat.GitHub => GitHubReport.Render(all),
            ReportFormat.JUnit => JUnitReport.Render(all),
            ReportFormat.Html => HtmlReport.Render(all),
            _ => MarkdownReport.Render(all),
        };
    }

    /// <summary>Returns an entry without broken characters and with control characters shown as pictures.</summary>
    private static ReportEntry Shown(ReportEntry entry, string? folder) =>
        entry with
        {
            Id = Whole(entry.Id),
            Path = Relative(Whole(entry.Path), folder),
            Message = Whole(entry.Message),
            Pointer = Whole(entry.Pointer),
            Description = Whole(entry.Description),
        };

    /// <summary>Replaces unpaired surrogates and characters that XML does not allow with U+FFFD.</summary>
    private static string Whole(string text)
    {
        var shown = InertText.OfLines(text.ReplaceLineEndings("\n"));
        var whole = new StringBuilder(shown.Length);
        foreach (var rune in shown.EnumerateRunes())
        {
            // An unpaired surrogate is decoded as U+FFFD; U+FFFE and U+FFFF are not characters.
            whole.Append(rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
        }

        return whole.ToString();
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
