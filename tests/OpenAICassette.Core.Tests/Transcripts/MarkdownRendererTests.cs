using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>Messages in Markdown as pages show them.</summary>
public class MarkdownRendererTests
{
    [Theory]
    [InlineData("**bold** and _em_", "<p dir=\"auto\"><strong>bold</strong> and <em>em</em></p>\n")]
    [InlineData("# Title", "<h4 dir=\"auto\">Title</h4>\n")]
    [InlineData("- a\n- b", "<ul><li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n</ul>\n")]
    [InlineData("3. a", "<ol start=\"3\"><li dir=\"auto\">a</li>\n</ol>\n")]
    [InlineData("one\ntwo `c`", "<p dir=\"auto\">one<br>\ntwo <code>c</code></p>\n")]
    [InlineData("> said", "<blockquote><p dir=\"auto\">said</p>\n</blockquote>\n")]
    [InlineData("~~gone~~", "<p dir=\"auto\"><del>gone</del></p>\n")]
    [InlineData("a &lt;b&gt; *c*", "<p dir=\"auto\">a &lt;b&gt; <em>c</em></p>\n")]
    [InlineData(
        "```json\n{\"a\":1}\n```",
        "<pre class=\"code\"><code class=\"language-json\">{<span class=\"m\">&quot;a&quot;</span>:"
            + "<span class=\"n\">1</span>}</code></pre>\n"
    )]
    [InlineData(
        "| a | b |\n| - | -: |\n| 1 | 2 |",
        "<div class=\"wide\"><table><tr><th>a</th>\n<th class=\"right\">b</th>\n</tr>\n"
            + "<tr><td>1</td>\n<td class=\"right\">2</td>\n</tr>\n</table>\n</div>\n"
    )]
    public void Markup_becomes_elements(string markdown, string html) => Assert.Equal(html, Rendered(markdown));

    [Theory]
    [InlineData("plain text")]
    [InlineData("two\nlines\n\nand a paragraph <with> a tag & an ampersand")]
    [InlineData("")]
    public void A_message_without_markup_is_left_as_it_is(string markdown) => Assert.Null(Rendered(markdown));

    [Theory]
    [InlineData("https://example.com/a?b=1&c=2", true)]
    [InlineData("HTTP://example.com", true)]
    [InlineData("mailto:a@example.com", true)]
    [InlineData("#part", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JavaScript:alert(1)", false)]
    [InlineData("java&#x0a;script:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("vbscript:x", false)]
    [InlineData("//example.com/x", false)]
    [InlineData("/path", false)]
    public void Only_harmless_targets_become_links(string url, bool isLink)
    {
        var html = Rendered($"[text]({url})");
        Assert.Equal(isLink, html!.Contains("href=", StringComparison.Ordinal));
        Assert.Contains("text", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_is_a_link_and_nothing_is_loaded()
    {
        var html = Rendered("![a cat](https://example.com/cat.png)");
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.Contains("<small>image</small> a cat</a>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script> **x**")]
    [InlineData("**x**\n\n<img src=x onerror=alert(1)>\n\n<style>*{}</style>")]
    [InlineData("[**x**](https://example.com/\"onmouseover=\"alert(1))")]
    [InlineData("[x](https://example.com 'title\" onclick=\"alert(1)') **x**")]
    [InlineData("```\"><script>\n</code></pre><script>alert(1)</script>\n```")]
    [InlineData("```json onclick=\"x\"\n\"</span><script>\"\n```")]
    [InlineData("<https://example.com/<script>> **x** <a@b.c>")]
    [InlineData("| <b>a</b> |\n| - |\n| </td><script>x</script> |")]
    [InlineData("\u202eback\u202c \u001b[31m **x**")]
    public void Nothing_that_was_recorded_becomes_an_element_or_an_attribute(string markdown)
    {
        var html = Rendered(markdown)!;
        var elements = System.Text.RegularExpressions.Regex.Matches(html, "<[^>]*>").Select(match => match.Value);
        Assert.All(elements, element =>
            Assert.Matches(
                "^</?(p|h[4-6]|ul|ol|li|blockquote|hr|br|pre|code|table|tr|th|td|div|span|strong|em|del|small|a)"
                    + "( (dir=\"auto\"|start=\"\\d+\"|class=\"[a-z -]+\"|rel=\"noreferrer noopener nofollow\"|href=\"[^\"<>]*\"))*>$",
                element
            )
        );
        Assert.DoesNotContain(html, unit => unit is '\u202e' or '\u001b');
    }

    [Theory]
    [InlineData('>')]
    [InlineData('*')]
    [InlineData('[')]
    [InlineData('`')]
    [InlineData('_')]
    public void Deep_or_endless_markup_is_rendered_or_left_as_it_is(char sign)
    {
        foreach (var text in new[] { new string(sign, 20_000), string.Concat(Enumerable.Repeat($"{sign} ", 5_000)) })
        {
            _ = Rendered(text);
        }
    }

    [Fact]
    public void A_very_long_message_is_shown_as_it_was_recorded() =>
        Assert.Null(Rendered("**x** " + new string('x', 200_000)));

    [Fact]
    public void A_page_holds_a_message_formatted_and_as_recorded_and_lets_the_reader_choose()
    {
        var page = HtmlPage.Render([Said("**x** <b>")]);
        Assert.Contains(
            "<div class=\"md\"><p dir=\"auto\"><strong>x</strong> &lt;b&gt;</p>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<p class=\"raw\" dir=\"auto\">**x** &lt;b&gt;</p>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"view-raw\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"view-raw\"", HtmlPage.Render([Said("x")]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_begins_with_line_ends_has_no_hole()
    {
        var transcript = Said("\n\nx");
        Assert.Contains("<p dir=\"auto\">x</p>", HtmlPage.Render([transcript]), StringComparison.Ordinal);
        Assert.Equal("assistant  x", TranscriptRenderer.Render(transcript, TranscriptOutput.Text));
        Assert.Equal("**assistant**\n\n> x", TranscriptRenderer.Render(transcript, TranscriptOutput.Markdown));
    }

    [Fact]
    public void Every_recording_is_the_same_text_formatted_as_it_is_recorded() =>
        Corpus.All(
            (cassette, _) =>
            {
                foreach (var turn in new Transcript(cassette.Conversation()).Turns)
                {
                    // Markup takes signs away, but no letter of what was said, except targets and languages.
                    var isWhole =
                        !turn.Text.Contains("](", StringComparison.Ordinal)
                        && !turn.Text.Contains("```", StringComparison.Ordinal);
                    if (isWhole && Rendered(turn.Text) is { } html)
                    {
                        Assert.Equal(Letters(turn.Text), Letters(Text(html)));
                    }
                }
            }
        );

    private static string? Rendered(string markdown)
    {
        var html = new StringBuilder();
        return new MarkdigRenderer().TryAppend(html, markdown) ? html.ToString() : null;
    }

    private static string Text(string html) =>
        System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", string.Empty));

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter));

    private static Transcript Said(string text) =>
        new(
            BuiltCassette
                .Of(new { body = new { choices = new[] { new { message = new { content = text } } } } })
                .Conversation()
        );
}
