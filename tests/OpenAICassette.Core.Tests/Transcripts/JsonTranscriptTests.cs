using System.Text.Json;

namespace OpenAICassette.Tests;

public class JsonTranscriptTests
{
    [Fact]
    public void The_example_has_every_member_in_order()
    {
        var root = Parsed(CassetteStore.Open(Repository.Capitals));
        Assert.Equal(
            [
                "path",
                "index",
                "name",
                "testId",
                "endpoint",
                "model",
                "finishReason",
                "chunks",
                "usage",
                "error",
                "turns",
                "calls",
            ],
            root.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(Repository.Capitals, root.GetProperty("path").GetString());
        Assert.Equal(0, root.GetProperty("calls")[0].GetProperty("index").GetInt32());
        Assert.Equal("capitals.json", root.GetProperty("name").GetString());
        Assert.Equal(28, root.GetProperty("chunks").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("usage").ValueKind);
        var turns = root.GetProperty("turns").EnumerateArray().ToList();
        Assert.Equal(5, turns.Count);
        Assert.Equal(
            [
                "role",
                "name",
                "source",
                "choice",
                "finishReason",
                "reasoning",
                "refusal",
                "toolCallId",
                "parts",
                "toolCalls",
                "logProbs",
                "at",
                "note",
            ],
            turns[0].EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal("image", turns[1].GetProperty("parts")[0].GetProperty("type").GetString());
        Assert.Equal("stop", turns[4].GetProperty("finishReason").GetString());
    }

    [Theory]
    [InlineData("emoji 😀👩‍💻")]
    [InlineData("line\nfeed\r\n\ttab \" \\ / <&>'+")]
    [InlineData("\u0000\u0001\u007f\u2028\u2029\ufeff")]
    public void A_text_is_there_to_the_character_and_on_one_line(string said)
    {
        var cassette = BuiltCassette.Of(
            new { body = new { choices = new[] { new { message = new { content = said } } } } }
        );
        Assert.DoesNotContain('\n', Render(cassette));
        Assert.Equal(
            said,
            Parsed(cassette).GetProperty("turns")[0].GetProperty("parts")[0].GetProperty("value").GetString()
        );
    }

    [Fact]
    public void A_lone_surrogate_stays_and_throws_nothing()
    {
        var cassette = BuiltCassette.Open(
            """{"request":{"url":"x"},"response":{"body":{"choices":[{"message":{"content":"a\ud83dz"}}]}}}"""
        );
        Assert.Equal("a\ud83dz", cassette.Conversation().Choices[0].Message.Text);
        Assert.Contains("\"value\":\"a\\ud83dz\"", Render(cassette), StringComparison.Ordinal);
        Assert.All(Enum.GetValues<TranscriptOutput>(), output =>
            Assert.NotEmpty(TranscriptRenderer.Render(new Transcript(cassette.Conversation()), output))
        );
    }

    [Fact]
    public void Every_recording_is_one_line_of_JSON_with_the_text_of_its_conversation() =>
        Corpus.All(
            (cassette, _) =>
            {
                Assert.DoesNotContain('\n', Render(cassette));
                var conversation = cassette.Conversation();
                Assert.Equal(
                    [
                        .. conversation.Messages.Select(message => message.Text),
                        .. conversation.Choices.Select(choice => choice.Message.Text),
                    ],
                    Parsed(cassette)
                        .GetProperty("turns")
                        .EnumerateArray()
                        .Select(turn =>
                            string.Concat(
                                turn.GetProperty("parts")
                                    .EnumerateArray()
                                    .Where(part => part.GetProperty("type").GetString() == "text")
                                    .Select(part => part.GetProperty("value").GetString())
                            )
                        )
                );
            }
        );

    private static string Render(Cassette cassette) =>
        TranscriptRenderer.Render(new Transcript(cassette.Conversation()), TranscriptOutput.Json);

    private static JsonElement Parsed(Cassette cassette)
    {
        using var document = JsonDocument.Parse(Render(cassette));
        return document.RootElement.Clone();
    }
}
