using System.Globalization;
using System.Text;

namespace OpenAICassette.Reports;

/// <summary>Workflow commands of GitHub Actions, one for each entry.</summary>
internal static class GitHubReport
{
    /// <summary>Renders a report.</summary>
    public static string Render(IReadOnlyList<ReportEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            var command = entry.Level switch
            {
                ReportLevel.Error => "error",
                ReportLevel.Warning => "warning",
                _ => "notice",
            };
            var message = entry.Pointer.Length > 0 ? $"{entry.Message} at {entry.Pointer}" : entry.Message;
            text.Append(
                CultureInfo.InvariantCulture,
                $"::{command} file={Property(entry.Path)},line={entry.Line},title={Property(entry.Id)}::{Data(message)}\n"
            );
        }

        return text.ToString();
    }

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
