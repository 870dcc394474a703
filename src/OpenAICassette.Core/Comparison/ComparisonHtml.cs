using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Comparison;

/// <summary>
/// Renders comparisons as a self-contained page: a line for each cassette that differs, the most important first, with
/// texts side by side and short values in a table.
/// </summary>
internal static class ComparisonHtml
{
    private const int MostOpen = 5;

    private const string Style = """
        main{max-width:88rem}
        .same,.added,.removed{color:var(--quiet)}
        .change{padding:0 0 0 .2rem}
        .change h4{font:600 .8125rem var(--mono)}.change h4 small{font-family:system-ui,sans-serif}
        .sides{width:100%;table-layout:fixed;font:13px/1.55 var(--mono);margin:0 0 .75rem}
        .sides td{width:50%;white-space:pre-wrap;overflow-wrap:anywhere;border:0;padding:.05rem .6rem;background:var(--soft);border-right:4px solid var(--paper)}
        .sides td.old{background:rgba(220,60,50,.1)}.sides td.new{background:rgba(40,160,90,.1)}
        .sides del{background:rgba(220,60,50,.28);text-decoration:none}.sides ins{background:rgba(40,160,90,.28);text-decoration:none}
        .sides .gap{color:var(--quiet);text-align:center;background:none;font-style:italic}
        .sides del,.sides ins{border-radius:3px}
        .values td:not(:first-child){font:13px/1.5 var(--mono)}
        @media(max-width:48rem){.sides tr{display:block}.sides td{display:block;width:100%}.sides td:empty{display:none}.sides tr.same td+td{display:none}}
        """;

    /// <summary>Renders a page.</summary>
    /// <param name="comparisons">The comparisons.</param>
    public static string Render(IReadOnlyList<CassetteComparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        var differing = comparisons
            .Where(comparison => comparison.Status != ComparisonStatus.Same)
            .OrderByDescending(comparison => comparison.IsFirstDivergence)
            .ThenByDescending(ComparisonWeight.Of)
            .ToList();
        var html = new StringBuilder();
        var all = TranscriptRenderer.Count(comparisons.Count, "cassette");
        var title =
            differing.Count == 0
                ? $"{all}: no difference"
                : string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{differing.Count} of {all} {(differing.Count == 1 ? "differs" : "differ")}"
                );
        var isList = differing.Count > 1;
        HtmlPage.Begin(html, title, isList ? HtmlPage.FilterSource : null);
        if (isList)
        {
            HtmlPage.Filter(html, "Filter by file, text or change");
        }

        foreach (var comparison in differing)
        {
            html.Append("<details class=\"entry\"")
                .Append(differing.Count <= MostOpen ? " open" : string.Empty)
                .Append("><summary><b>")
                .Text(comparison.Name)
                .Append("</b><span>")
                .Text(comparison.Summary)
                .Append("</span></summary>\n");
            Differences(html, comparison);
            html.Append("</details>\n");
        }

        HtmlPage.End(html, isList ? PageScript.Filter : null, Style);
        return html.ToString();
    }

    private static void Differences(StringBuilder html, CassetteComparison comparison)
    {
        foreach (var difference in comparison.Differences.Where(difference => !ComparisonScreen.IsScalar(difference)))
        {
            html.Append("<div class=\"change\"><h4><small>")
                .Append(difference.Area.ToString().ToLowerInvariant())
                .Append("</small> ")
                .Text(difference.Place)
                .Append("</h4>\n");
            Sides(html, difference);
            html.Append("</div>\n");
        }

        var scalars = comparison.Differences.Where(ComparisonScreen.IsScalar).ToList();
        if (scalars.Count == 0)
        {
            return;
        }

        html.Append("<div class=\"wide change\"><table class=\"values\"><tr><th></th><th>value</th><th>old</th>");
        html.Append("<th>new</th></tr>\n");
        foreach (var difference in scalars)
        {
            html.Append("<tr><td>").Append(difference.Area.ToString().ToLowerInvariant()).Append("</td><td>");
            html.Text(difference.Place).Append("</td><td>").Text(ComparisonText.Value(difference.Old));
            html.Append("</td><td>").Text(ComparisonText.Value(difference.New)).Append("</td></tr>\n");
        }

        html.Append("</table></div>\n");
    }

    private static void Sides(StringBuilder html, CassetteDifference difference)
    {
        html.Append("<table class=\"sides\">\n");
        foreach (var row in Rows(difference))
        {
            if (row.Left > 0)
            {
                html.Append("<tr><td class=\"gap\" colspan=\"2\">")
                    .Append(TranscriptRenderer.Count(row.Left, "equal line"))
                    .Append("</td></tr>\n");
                continue;
            }

            html.Append(row.IsSame ? "<tr class=\"same\">" : "<tr>");
            Side(html, row.Old, row.IsSame ? string.Empty : "old", "del");
            Side(html, row.New, row.IsSame ? string.Empty : "new", "ins");
            html.Append("</tr>\n");
        }

        html.Append("</table>\n");
    }

    /// <summary>Returns the lines of both texts; JSON is laid out, and one that is missing has none.</summary>
    private static IEnumerable<LinePair> Rows(CassetteDifference difference) =>
        (difference.Old, difference.New) switch
        {
            ({ } before, { } after) => TextLines.Of(PrettyJson.Of(before), PrettyJson.Of(after)),
            (null, { } after) => [new LinePair(null, [new(WordChangeKind.Same, PrettyJson.Of(after))], 0)],
            ({ } before, null) => [new LinePair([new(WordChangeKind.Same, PrettyJson.Of(before))], null, 0)],
            _ => [],
        };

    private static void Side(StringBuilder html, IReadOnlyList<WordChange>? words, string style, string mark)
    {
        html.Append(style.Length == 0 || words is null ? "<td>" : $"<td class=\"{style}\" dir=\"auto\">");
        foreach (var word in words ?? [])
        {
            if (word.Kind == WordChangeKind.Same)
            {
                html.Text(word.Text);
            }
            else
            {
                html.Append('<').Append(mark).Append('>').Text(word.Text).Append("</").Append(mark).Append('>');
            }
        }

        html.Append("</td>");
    }
}
