using System.Globalization;
using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Reports;

/// <summary>Represents a table in GitHub's Markdown, for pull requests and job summaries.</summary>
internal static class MarkdownReport
{
    /// <summary>Renders a report.</summary>
    public static string Render(IReadOnlyList<ReportEntry> entries)
    {
        if (entries.Count == 0)
        {
            return "No findings.\n";
        }

        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{entries.Count} finding{(entries.Count == 1 ? "" : "s")}, {entries.Count(entry => entry.Level == ReportLevel.Error)} of them errors.\n\n"
        );
        text.Append("| Level | Kind | File | Place | What |\n| --- | --- | --- | --- | --- |\n");
        foreach (var entry in entries)
        {
            var place =
                entry.Pointer.Length > 0
                    ? entry.Pointer
                    : string.Create(CultureInfo.InvariantCulture, $"line {entry.Line}");
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {entry.Level.ToString().ToLowerInvariant()} | {Cell(entry.Id)} | {Code(entry.Path)} | {Code(place)} | {Cell(entry.Message)} |\n"
            );
        }

        return text.ToString();
    }

    private static string Cell(string text) => MarkdownText.Escaped(text);

    private static string Code(string text) =>
        $"`{text.Replace("`", "'", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")}`";
}
