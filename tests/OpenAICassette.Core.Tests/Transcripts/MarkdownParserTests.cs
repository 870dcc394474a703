using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OpenAICassette.Tests;

/// <summary>
/// What a Markdown parser makes of transcripts: what was said is text and code in quotes, and nothing else.
/// </summary>
public class MarkdownParserTests
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    [Theory]
    [InlineData("# heading\n\n***\n- list\n\n1. one\n\n    code")]
    [InlineData("<script>alert(1)</script><!-- -->\n<details>")]
    [InlineData("![x](http://example.com/x.png) [a](http://example.com) <http://example.com> http://example.com")]
    [InlineData("[a]: http://example.com\n\n[a] [^1]\n\n[^1]: note")]
    [InlineData("| a | b |\n| - | - |\n| c | d |")]
    [InlineData("a\n===\nb\n---\nc")]
    [InlineData("```\nnever closed")]
    [InlineData("~~~js\ncode ``` ` \n~~~\nafter")]
    [InlineData("**bold** _em_ `code` ~~gone~~ H~2~O ==marked== ++in++")]
    [InlineData("> quote\n>> deeper")]
    [InlineData("*[ABBR]: text\nABBR &amp; &#60;b&#62; &lt;i>")]
    [InlineData("Term\n: Definition\n\n::: warning\nx\n:::")]
    [InlineData("$$\nx\n$$ and $x$ :tada: @someone #1")]
    [InlineData("\\\\ \\` trailing\\\nand more \\")]
    [InlineData("{#id .class}\n---\ntitle: x\n---")]
    public void Nothing_that_is_said_is_more_than_text_and_code(string said)
    {
        var document = Parsed(Render(said));
        Assert.Equal(["**", ">", "**", ">"], document.Select(Outline));
        foreach (var quote in document.OfType<QuoteBlock>())
        {
            Assert.All(quote, block =>
                Assert.True(block is ParagraphBlock or FencedCodeBlock, $"{block.GetType().Name} in {said}")
            );
            Assert.All(quote.Descendants<Inline>(), IsText);
        }
    }

    [Fact]
    public void No_recording_breaks_out() =>
        Corpus.All(
            (cassette, _) =>
            {
                var document = Parsed(
                    TranscriptRenderer.Render(new Transcript(cassette.Conversation()), TranscriptOutput.Markdown)
                );
                var hasTokens = cassette.Conversation().Choices.Any(choice => choice.LogProbs.Count > 0);
                Assert.All(document, block =>
                    Assert.True(
                        block is ParagraphBlock or QuoteBlock or FencedCodeBlock
                            || (hasTokens && block is Markdig.Extensions.Tables.Table),
                        block.GetType().Name
                    )
                );
                Assert.All(document.OfType<QuoteBlock>().SelectMany(quote => quote), block =>
                    Assert.True(block is ParagraphBlock or FencedCodeBlock, block.GetType().Name)
                );
                Assert.DoesNotContain(document.Descendants<LinkInline>(), link =>
                    link.IsImage || link.Url?.StartsWith("http", StringComparison.Ordinal) != true
                );
                Assert.All(document.Descendants<HtmlInline>(), html => Assert.Equal("<!-- -->", html.Tag));
            }
        );

    [Fact]
    public void A_comparison_folds_its_details_and_lets_nothing_out()
    {
        var before = BuiltCassette.Of(
            new { body = new { choices = new[] { new { message = new { content = "one ``` </details> # x" } } } } }
        );
        var after = BuiltCassette.Of(
            new
            {
                body = new
                {
                    choices = new[] { new { message = new { content = "two ``` </details> <script> # x" } } },
                },
            }
        );
        var document = Parsed(
            Comparison.ComparisonMarkdown.Render([
                CassetteComparer.Compare(before.Interactions[0], after.Interactions[0]),
            ])
        );
        Assert.Equal(
            ["<details open><summary><b>built.json</b>: answer reworded</summary>", "</details>"],
            document.OfType<HtmlBlock>().Select(block => block.Lines.ToString().Trim())
        );
        Assert.Single(document.OfType<FencedCodeBlock>());
    }

    private static void IsText(Inline inline)
    {
        if (inline is HtmlInline html)
        {
            // It keeps a name from being taken for a mention.
            Assert.Equal("<!-- -->", html.Tag);
            return;
        }

        Assert.True(
            inline
                is LiteralInline
                    or LineBreakInline
                    or HtmlEntityInline
                    or ContainerInline { FirstChild: not null }
                    and not LinkInline
                    and not EmphasisInline,
            inline.GetType().Name
        );
    }

    private static string Outline(Block block) =>
        block switch
        {
            QuoteBlock => ">",
            ParagraphBlock { Inline.FirstChild: EmphasisInline } => "**",
            _ => block.GetType().Name,
        };

    private static MarkdownDocument Parsed(string markdown) => Markdown.Parse(markdown, s_pipeline);

    private static string Render(string said) =>
        TranscriptRenderer.Render(
            new Transcript(
                BuiltCassette
                    .Of(
                        new { body = new { choices = new[] { new { message = new { content = said } } } } },
                        new { messages = new[] { new { role = "user", content = said } } }
                    )
                    .Conversation()
            ),
            TranscriptOutput.Markdown
        );
}
