using System.Globalization;
using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Comparison;

/// <summary>
/// Renders comparisons as Markdown for a pull request: a summary, then one line for each cassette that differs, with
/// collapsed details.
/// </summary>
internal static class ComparisonMarkdown
{
    private const int LongestText = 2000;

    /// <summary>Renders comparisons, without a final line end.</summary>
    /// <param name="comparisons">The comparisons.</param>
    public static string Render(IReadOnlyList<CassetteComparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        var differing = comparisons.Where(comparison => comparison.Status != ComparisonStatus.Same).ToList();
        var text = new StringBuilder();
        text.Append(
            differing.Count == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"**{TranscriptRenderer.Count(comparisons.Count, "cassette")}: no difference**"
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"**{differing.Count} of {TranscriptRenderer.Count(comparisons.Count, "cassette")} {(differing.Count == 1 ? "differs" : "differ")}**: "
                )
                    + string.Join(
                        ", ",
                        differing
                            .GroupBy(comparison => comparison.Status)
                            .OrderBy(group => group.Key)
                            .Select(group =>
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"
                                )
                            )
                    )
        );
        text.Append("\n\n");
        foreach (var comparison in differing)
        {
            Append(text, comparison);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, CassetteComparison comparison)
    {
        if (comparison.Differences.Count == 0)
        {
            text.Append("- ")
                .Append(comparison.Status == ComparisonStatus.Added ? "added " : "removed ")
                .Append(MarkdownText.Escaped(comparison.Name))
                .Append("\n\n");
            return;
        }

        // The summary is HTML, in which Markdown does not count.
        text.Append("<details><summary><b>")
            .Text(comparison.Name)
            .Append("</b>: ")
            .Text(comparison.Summary)
            .Append("</summary>\n\n");
        foreach (var difference in comparison.Differences)
        {
            text.Append(difference.Area.ToString().ToLowerInvariant())
                .Append(" **")
                .Append(MarkdownText.Escaped(difference.Place))
                .Append("**\n\n");
            foreach (var line in MarkdownText.Code(Lines(difference), "diff"))
            {
                text.Append(line).Append('\n');
            }

            text.Append('\n');
        }

        text.Append("</details>\n\n");
    }

    private static IEnumerable<string> Lines(CassetteDifference difference)
    {
        var words = ComparisonText.Around(difference.Words).ToList();
        var old =
            words.Count == 0
                ? difference.Old
                : string.Concat(words.Where(word => word.Kind != WordChangeKind.Added).Select(word => word.Text));
        var new_ =
            words.Count == 0
                ? difference.New
                : string.Concat(words.Where(word => word.Kind != WordChangeKind.Removed).Select(word => word.Text));
        return Lines("- ", old).Concat(Lines("+ ", new_));
    }

    private static IEnumerable<string> Lines(string sign, string? text) =>
        text is null
            ? []
            : InertText
                .OfLines(ToolText.Shortened(text, LongestText).ReplaceLineEndings("\n"))
                .Split('\n')
                .Select(line => sign + line);
}
