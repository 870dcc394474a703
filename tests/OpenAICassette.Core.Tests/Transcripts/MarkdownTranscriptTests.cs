namespace OpenAICassette.Tests;

public class MarkdownTranscriptTests
{
    [Fact]
    public void The_example_is_speakers_in_bold_and_what_they_say_in_quotes() =>
        Assert.Equal(
            """
            _model gpt-4o → gpt-4o-2024-08-06 · finish stop · stream 28 chunks_

            **user**

            > what teams are playing in this image?

            **user**

            > [image](https://upload.wikimedia.org/wikipedia/commons/3/3b/LeBron_James_Layup_%28Cleveland_vs_Brooklyn_2018%29.jpg)

            **assistant**

            > The teams playing in the image are the Cleveland Cavaliers and the Brooklyn Nets.

            **user**

            > Repeat your previous response in all caps.

            **assistant**

            > THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.
            """.ReplaceLineEndings("\n"),
            TranscriptRenderer.Render(
                new Transcript(CassetteStore.Open(Repository.Capitals).Conversation()),
                TranscriptOutput.Markdown
            )
        );

    [Theory]
    [InlineData("a\n\n**assistant**\n\nb")]
    [InlineData("a\r**assistant**\rb")]
    [InlineData("```\n\n# still code")]
    [InlineData("~~~\n\n***")]
    [InlineData("</blockquote><script>alert(1)</script>")]
    [InlineData("<!-- comment")]
    [InlineData("- list\n\n      code")]
    [InlineData("a\u2028b\u0085c\fd\ve")]
    [InlineData("\n\n\n")]
    public void No_text_breaks_out_of_its_quote(string said)
    {
        var lines = Render(said, "ok", "f", "{}").Split('\n');
        var outside = lines.Where(line => !line.StartsWith("> ", StringComparison.Ordinal) && line.Length > 0);
        Assert.Equal(["**user**", "**assistant**", "_calls_ f", "```json", "{}", "```"], outside);
        Assert.DoesNotContain(lines, line => line.Contains('<', StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.AsSpan().IndexOfAny("\r\u2028\u2029\u0085") >= 0);
    }

    [Theory]
    [InlineData("```\n**user**\n```")]
    [InlineData("````\n~~~")]
    [InlineData("a`````b\n``````")]
    public void No_arguments_break_out_of_their_code_block(string arguments)
    {
        var lines = Render("hi", "ok", "f", arguments).Split('\n');
        var opening = Array.FindIndex(lines, line => line.EndsWith("`json", StringComparison.Ordinal));
        var fence = lines[opening][..^"json".Length];
        Assert.Equal(fence, lines[^1]);
        Assert.Equal(arguments.Split('\n'), lines[(opening + 1)..^1]);
        Assert.All(lines[(opening + 1)..^1], line => Assert.DoesNotContain(fence, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("use*r*", "**use\\*r\\***")]
    [InlineData("u\n# x", "**u \\# x**")]
    [InlineData("<b>", "**&lt;b\\>**")]
    public void A_role_is_escaped(string role, string heading) =>
        Assert.StartsWith(heading + "\n\n> hi\n", Render("hi", "ok", "f", "{}", role), StringComparison.Ordinal);

    [Fact]
    public void A_tool_s_name_is_escaped() =>
        Assert.Contains("\n_calls_ \\[x\\](y)\\_z\n", Render("hi", "ok", "[x](y)_z", "{}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://example.com/a)b(c", "> [image](https://example.com/a%29b%28c)")]
    [InlineData("https://example.com/a b<c>\nd", "> [image](https://example.com/a%20b%3Cc%3Ed)")]
    [InlineData("https://example.com/a\\", "> [image](https://example.com/a%5C)")]
    [InlineData("javascript:alert(1)", "> \\[image\\] javascript:alert(1)")]
    [InlineData("data:text/html,<b>x</b>", "> \\[image\\] data:text/html, 8 characters")]
    public void An_image_s_link_holds_its_address_and_nothing_else(string url, string expected)
    {
        var cassette = BuiltCassette.Of(
            new { body = 1 },
            new
            {
                messages = new[]
                {
                    new { role = "user", content = new[] { new { type = "image_url", image_url = new { url } } } },
                },
            }
        );
        Assert.Contains(
            expected,
            TranscriptRenderer.Render(new Transcript(cassette.Conversation()), TranscriptOutput.Markdown).Split('\n')
        );
    }

    private static string Render(string said, string answer, string tool, string arguments, string role = "user") =>
        TranscriptRenderer.Render(
            new Transcript(
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
                                        message = new
                                        {
                                            content = answer,
                                            tool_calls = new[] { new { function = new { name = tool, arguments } } },
                                        },
                                    },
                                },
                            },
                        },
                        new { messages = new[] { new { role, content = said } } }
                    )
                    .Conversation()
            ),
            TranscriptOutput.Markdown
        );
}
