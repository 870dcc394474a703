using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

public class TokenHtmlTests
{
    [Fact]
    public void A_token_has_its_probability_its_alternatives_and_a_colour_that_grows_with_doubt() =>
        Assert.Equal(
            "<p class=\"tokens\" dir=\"auto\"><span class=\"p0\" title=\"95 %\">Hi</span>"
                + "<span class=\"p4\" title=\"5 %; otherwise “ &lt;b&gt;” 60 %\"> you</span></p>\n",
            Html("Hi you", Token("Hi", 0.95), Token(" you", 0.05, Token(" you", 0.05), Token(" <b>", 0.6)))
        );

    [Theory]
    [InlineData("a b", new[] { "a", " b" }, true)]
    [InlineData("a é b", new[] { "a", " ", "\\xc3", "\\xa9", " b" }, true)]
    [InlineData("quite another text", new[] { "x", "y" }, false)]
    public void Tokens_stand_on_the_words_that_they_are(string text, string[] tokens, bool areShown)
    {
        var html = Html(text, [.. tokens.Select(token => Token(token, 0.5))]);
        Assert.Equal(areShown, html.Length > 0);
        if (areShown)
        {
            Assert.Equal(text, System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", string.Empty).Trim());
        }
    }

    [Fact]
    public void Pages_and_Markdown_have_a_table_of_them_too()
    {
        var transcript = new Transcript(
            BuiltCassette
                .Of(
                    new
                    {
                        body = new
                        {
                            choices = new[]
                            {
                                new
                                {
                                    message = new { content = "Yes" },
                                    logprobs = new
                                    {
                                        content = new[]
                                        {
                                            new
                                            {
                                                token = "Yes",
                                                logprob = Math.Log(0.75),
                                                top_logprobs = new[]
                                                {
                                                    new { token = "No|", logprob = Math.Log(0.25) },
                                                },
                                            },
                                        },
                                    },
                                },
                            },
                        },
                    }
                )
                .Conversation()
        );
        Assert.Contains(
            "| Yes | 75 % | “No\\|” 25 % |",
            TranscriptRenderer.Render(transcript, TranscriptOutput.Markdown),
            StringComparison.Ordinal
        );
        var page = HtmlPage.Render([transcript]);
        Assert.Contains("title=\"75 %; otherwise “No|” 25 %\">Yes</span>", page, StringComparison.Ordinal);
        Assert.Contains("<td>75 %</td><td>“No|” 25 %</td>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"view-tokens\" checked", page, StringComparison.Ordinal);
    }

    private static TokenLogProb Token(string text, double probability, params TokenLogProb[] alternatives) =>
        new(text, Math.Log(probability), alternatives);

    private static string Html(string text, params TokenLogProb[] tokens)
    {
        var html = new StringBuilder();
        _ = TokenHtml.TryAppend(html, text, tokens);
        return html.ToString();
    }
}
