namespace OpenAICassette.Tests;

public class TextTranscriptTests
{
    [Fact]
    public void The_example_reads_like_a_play() =>
        Assert.Equal(
            """
            user       what teams are playing in this image?
            user       [image] https://upload.wikimedia.org/wikipedia/commons/3/3b/LeBron_James_Layup_%28Cleveland_vs_Brooklyn_2018%29.jpg
            assistant  The teams playing in the image are the Cleveland Cavaliers and the Brooklyn Nets.
            user       Repeat your previous response in all caps.
            assistant  THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.
                       gpt-4o-2024-08-06 · stop · 28 chunks
            """.ReplaceLineEndings("\n"),
            new Transcript(CassetteStore.Open(Repository.Capitals).Conversation()).ToString()
        );

    [Fact]
    public void Lines_after_the_first_stand_under_the_first() =>
        Assert.Equal(
            "user       one\n           two\n           three",
            Render("one\ntwo\r\nthree").Split("\nassistant")[0]
        );

    [Fact]
    public void Reasoning_refusal_calls_and_images_stand_behind_a_label()
    {
        var text = new Transcript(
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
                                        reasoning = "hm",
                                        content = "well",
                                        refusal = "no",
                                        tool_calls = new[]
                                        {
                                            new { id = "c", function = new { name = "f", arguments = "{}" } },
                                        },
                                    },
                                },
                            },
                        },
                    }
                )
                .Conversation()
        ).ToString();
        Assert.Equal(
            "assistant  [reasoning] hm\n           well\n           [refusal] no\n           [call] f({})",
            text
        );
    }

    [Fact]
    public void A_recorded_error_is_the_last_line_but_the_footer()
    {
        var text = new Transcript(
            CassetteStore.Open(SharedData.Era("head/responses/recordings", "f300a8b24123")).Conversation()
        ).ToString();
        var lines = text.Split('\n');
        Assert.StartsWith("error      400 BadRequestError: Error code: 400", lines[^2], StringComparison.Ordinal);
        Assert.Equal("           gpt-4o", lines[^1]);
    }

    private static string Render(string said) =>
        new Transcript(
            BuiltCassette
                .Of(new { body = 1 }, new { messages = new[] { new { role = "user", content = said } } })
                .Conversation()
        ).ToString();
}
