using System.Globalization;
using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Comparison;

/// <summary>
/// Renders comparisons as Markdown for a comment on a pull request: a summary, then a line for each cassette that
/// differs, the most important first, with collapsed details. GitHub refuses longer comments than 65,536 characters, so
/// details that do not fit are left out, and lines that do not fit are counted.
/// </summary>
internal static class ComparisonMarkdown
{
    /// <summary>The maximum number of characters of a comment, with room for what a workflow adds.</summary>
    public const int Longest = 65_000;

    /// <summary>The room for the line that counts what does not fit.</summary>
    private const int RoomForRest = 200;

    private const int LongestText = 2000;

    /// <summary>The number of calls up to which the details are open.</summary>
    private const int MostOpen = 1;

    /// <summary>Renders comparisons, without a final line end.</summary>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="link">The address of the whole report; null for none.</param>
    public static string Render(IReadOnlyList<CassetteComparison> comparisons, string? link = null)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        var differing = comparisons
            .Where(comparison => comparison.Status != ComparisonStatus.Same)
            .OrderByDescending(ComparisonWeight.Of)
            .ToList();
        var text = new StringBuilder(Head(comparisons, differing));
        if (link is not null)
        {
            text.Append(" ([whole report](").Append(MarkdownText.Target(link)).Append("))");
        }

        text.Append("\n\n");
        text.AppendJoin(string.Empty, Fitting(differing, Longest - text.Length - RoomForRest, out var left));

        if (left > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {TranscriptRenderer.Count(left, "more difference")} ")
                .Append("for which a comment has no room");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Head(IReadOnlyList<CassetteComparison> comparisons, List<CassetteComparison> differing)
    {
        var all = TranscriptRenderer.Count(comparisons.Count, "cassette");
        if (differing.Count == 0)
        {
            return $"**{all}: no difference**";
        }

        var kinds = differing
            .GroupBy(comparison => comparison.Status)
            .OrderBy(group => group.Key)
            .Select(group =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"
                )
            );
        var verb = differing.Count == 1 ? "differs" : "differ";
        return string.Create(CultureInfo.InvariantCulture, $"**{differing.Count} of {all} {verb}**: ")
            + string.Join(", ", kinds);
    }

    /// <summary>Returns a line for as many cassettes as fit, and details for the first that still fit.</summary>
    private static string[] Fitting(List<CassetteComparison> differing, int room, out int left)
    {
        var lines = differing.Select(Line).ToList();
        var count = 0;
        for (; count < lines.Count && lines[count].Length <= room; count++)
        {
            room -= lines[count].Length;
        }

        left = lines.Count - count;
        var entries = lines.Take(count).ToArray();
        for (var i = 0; i < count; i++)
        {
            // One with long texts gives way to others that fit.
            var whole = Whole(differing[i], isOpen: differing.Count <= MostOpen);
            if (whole.Length - entries[i].Length <= room)
            {
                room -= whole.Length - entries[i].Length;
                entries[i] = whole;
            }
        }

        return entries;
    }

    private static string Line(CassetteComparison comparison) =>
        comparison.Differences.Count == 0
            ? $"- {comparison.Summary} {MarkdownText.Escaped(comparison.Name)}\n\n"
            : $"- **{MarkdownText.Escaped(comparison.Name)}**: {MarkdownText.Escaped(comparison.Summary)}\n\n";

    private static string Whole(CassetteComparison comparison, bool isOpen)
    {
        if (comparison.Differences.Count == 0)
        {
            return Line(comparison);
        }

        // The summary is HTML, in which Markdown does not count.
        var text = new StringBuilder(isOpen ? "<details open>" : "<details>")
            .Append("<summary><b>")
            .Text(comparison.Name)
            .Append("</b>: ")
            .Text(comparison.Summary)
            .Append("</summary>\n\n");
        foreach (var difference in comparison.Differences.Where(difference => !ComparisonScreen.IsScalar(difference)))
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

        Scalars(text, [.. comparison.Differences.Where(ComparisonScreen.IsScalar)]);
        return text.Append("</details>\n\n").ToString();
    }

    private static void Scalars(StringBuilder text, List<CassetteDifference> differences)
    {
        if (differences.Count == 0)
        {
            return;
        }

        text.Append("| | | old | new |\n| --- | --- | --- | --- |\n");
        foreach (var difference in differences)
        {
            text.Append("| ")
                .Append(difference.Area.ToString().ToLowerInvariant())
                .Append(" | ")
                .Append(MarkdownText.Escaped(difference.Place))
                .Append(" | ")
                .Append(MarkdownText.Escaped(ComparisonText.Value(difference.Old)))
                .Append(" | ")
                .Append(MarkdownText.Escaped(ComparisonText.Value(difference.New)))
                .Append(" |\n");
        }

        text.Append('\n');
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
