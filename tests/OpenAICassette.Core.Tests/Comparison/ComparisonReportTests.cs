using OpenAICassette.Comparison;

namespace OpenAICassette.Tests;

/// <summary>Comparisons as a comment on a pull request, and as a page.</summary>
public class ComparisonReportTests
{
    /// <summary>What GitHub accepts.</summary>
    private const int MostOfComment = 65_536;

    [Theory]
    [InlineData(1, 50)]
    [InlineData(5, 5_000)]
    [InlineData(150, 3_000)]
    [InlineData(5_000, 300)]
    public void A_comment_is_never_longer_than_GitHub_accepts(int count, int length)
    {
        var comparisons = Many(count, length);
        var comment = ComparisonMarkdown.Render(comparisons, "https://example.com/report.html");
        Assert.InRange(comment.Length, 1, MostOfComment);
        var named = comparisons.Count(comparison => comment.Contains(comparison.Name, StringComparison.Ordinal));
        Assert.Equal(
            named < count,
            comment.Contains($"and {count - named} more differences", StringComparison.Ordinal)
        );
        Assert.Contains("([whole report](https://example.com/report.html))", comment, StringComparison.Ordinal);
    }

    [Fact]
    public void All_150_cassettes_have_their_line_however_long_their_texts_are()
    {
        var comment = ComparisonMarkdown.Render(Many(150, 3_000));
        Assert.All(Enumerable.Range(0, 150), i => Assert.Contains($"n{i}.json", comment, StringComparison.Ordinal));
        Assert.Contains("<details>", comment, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_one_cassette_the_details_are_open()
    {
        Assert.Contains("<details open>", ComparisonMarkdown.Render(Many(1, 50)), StringComparison.Ordinal);
        Assert.DoesNotContain("<details open>", ComparisonMarkdown.Render(Many(5, 50)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_important_comes_first()
    {
        CassetteComparison[] comparisons =
        [
            Comparison("tokens.json", DifferenceArea.Response, "usage.total_tokens"),
            Comparison("asked.json", DifferenceArea.Request, "messages[0].content"),
            Comparison("said.json", DifferenceArea.Answer, "choices[0].content"),
            Comparison("called.json", DifferenceArea.Answer, "choices[0].tool_calls[0]"),
            Comparison("failed.json", DifferenceArea.Answer, "error"),
        ];
        string[] expected = ["failed.json", "said.json", "called.json", "asked.json", "tokens.json"];
        foreach (var report in new[] { ComparisonMarkdown.Render(comparisons), ComparisonHtml.Render(comparisons) })
        {
            Assert.Equal(expected, expected.OrderBy(name => report.IndexOf(name, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Short_values_are_one_table()
    {
        var comparison = new CassetteComparison(
            Call("a.json"),
            Call("a.json"),
            [
                new(DifferenceArea.Request, "temperature", "0.5", "1"),
                new(DifferenceArea.Response, "usage.total|tokens", null, "7"),
            ]
        );
        Assert.Contains(
            "| | | old | new |\n| --- | --- | --- | --- |\n| request | temperature | 0.5 | 1 |\n"
                + "| response | usage.total\\|tokens | nothing | 7 |\n",
            ComparisonMarkdown.Render([comparison]),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<tr><td>request</td><td>temperature</td><td>0.5</td><td>1</td></tr>",
            ComparisonHtml.Render([comparison]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Equal_cassettes_are_said_to_be_equal()
    {
        var some = Call("a.json");
        CassetteComparison[] same = [CassetteComparer.Compare(some, some), CassetteComparer.Compare(some, some)];
        Assert.Equal("**2 cassettes: no difference**", ComparisonMarkdown.Render(same));
        Assert.Contains(
            "<h1 dir=\"auto\">2 cassettes: no difference</h1>",
            ComparisonHtml.Render(same),
            StringComparison.Ordinal
        );
        Assert.Equal("2 recorded calls compared: no difference", ComparisonScreen.Equal(2));
    }

    [Fact]
    public void A_page_shows_lines_side_by_side_with_their_words_and_leaves_equal_ones_out()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 30).Select(i => $"line {i}"));
        var page = ComparisonHtml.Render([
            Comparison(
                "a.json",
                DifferenceArea.Answer,
                "choices[0].content",
                lines,
                lines.Replace("line 15", "row 15", StringComparison.Ordinal)
            ),
        ]);
        Assert.Contains(
            "<td class=\"old\" dir=\"auto\"><del>line</del> 15</td><td class=\"new\" dir=\"auto\"><ins>row</ins> 15</td>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("12 equal lines", page, StringComparison.Ordinal);
        Assert.Contains("11 equal lines", page, StringComparison.Ordinal);
        Assert.Equal(6, page.Split("<tr class=\"same\">").Length - 1);
    }

    [Fact]
    public void Lines_side_by_side_make_both_texts_again()
    {
        var random = new Random(3);
        string Text() => string.Join('\n', Enumerable.Range(0, random.Next(8)).Select(_ => $"{random.Next(3)} a b"));
        for (var i = 0; i < 200; i++)
        {
            var (before, after) = (Text(), Text());
            var rows = TextLines.Of(before, after).ToList();
            Assert.All(rows, row => Assert.True(row.Left == 0 || before.Length > 0));
            if (rows.All(row => row.Left == 0))
            {
                Assert.Equal(before, Joined(rows.Select(row => row.Old)));
                Assert.Equal(after, Joined(rows.Select(row => row.New)));
            }
        }
    }

    [Fact]
    public void Recorded_text_is_inert_in_a_page_that_allows_no_other_script()
    {
        var page = ComparisonHtml.Render([
            Comparison(
                "</b><script>1</script>.json",
                DifferenceArea.Answer,
                "a<b>",
                "<script>alert(1)</script>\nx",
                "\u202ey"
            ),
            Comparison("b.json", DifferenceArea.Request, "x\" onclick=\"", "<img src=x onerror=1>", "</td></table>"),
        ]);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "<script"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("script-src 'sha256-", page, StringComparison.Ordinal);
    }

    private static string Joined(IEnumerable<IReadOnlyList<WordChange>?> lines) =>
        string.Join(
            '\n',
            lines.OfType<IReadOnlyList<WordChange>>().Select(line => string.Concat(line.Select(word => word.Text)))
        );

    private static List<CassetteComparison> Many(int count, int length) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    Comparison(
                        $"n{i}.json",
                        DifferenceArea.Answer,
                        "choices[0].content",
                        new string('a', length),
                        string.Concat(Enumerable.Repeat("<😀> ", length / 4))
                    )
                ),
        ];

    private static CassetteComparison Comparison(
        string name,
        DifferenceArea area,
        string place,
        string before = "old",
        string after = "new"
    ) => new(Call(name), Call(name), [new(area, place, before, after)], "answer replaced");

    private static Interaction Call(string name) =>
        CassetteStore
            .Open(
                """{"request":{"method":"POST","url":"https://api.example.com/v1/x","headers":{},"body":{}},"response":{"body":1}}"""u8.ToArray(),
                CassetteOrigin.OfMemory(name)
            )
            .Interactions[0];
}
