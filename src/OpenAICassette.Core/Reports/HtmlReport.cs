using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Reports;

/// <summary>Represents a page with a table of findings, for a browser.</summary>
internal static class HtmlReport
{
    /// <summary>Renders a report.</summary>
    public static string Render(IReadOnlyList<ReportEntry> entries)
    {
        var html = new StringBuilder();
        HtmlPage.Begin(
            html,
            entries.Count == 0 ? "No findings" : TranscriptRenderer.Count(entries.Count, "finding"),
            scripts: null
        );
        if (entries.Count > 0)
        {
            html.Append(
                "<div class=\"wide findings\"><table><tr><th>level</th><th>kind</th><th>file</th><th>place</th>"
            );
            html.Append("<th>what</th></tr>\n");
            foreach (var entry in entries)
            {
                Row(html, entry);
            }

            html.Append("</table></div>\n");
        }

        HtmlPage.End(html, script: null);
        return html.ToString();
    }

    private static void Row(StringBuilder html, ReportEntry entry)
    {
        var line = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {entry.Line}");
        string[] cells =
        [
            entry.Level.ToString().ToLowerInvariant(),
            entry.Id,
            entry.Path,
            entry.Pointer.Length > 0 ? entry.Pointer : line,
            entry.Message,
        ];
        html.Append("<tr>");
        foreach (var cell in cells)
        {
            html.Append("<td>").Text(cell).Append("</td>");
        }

        html.Append("</tr>\n");
    }
}
