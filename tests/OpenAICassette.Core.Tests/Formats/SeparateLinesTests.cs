using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Streams that were kept without the empty lines between their events.</summary>
public sealed class SeparateLinesTests
{
    private const string First =
        "data: {\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"He\"}}]}\n";
    private const string Second =
        "data: {\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"y\"}}]}\n";

    [Theory]
    [InlineData(First + Second + "data: [DONE]\n", 3, "Hey")]
    [InlineData("\n" + First + Second, 2, "Hey")]
    [InlineData(First + Second + "data: {\"cut", 3, "Hey")]
    [InlineData("event: a\n" + First + "event: b\nid: 1\n" + Second + ": end\n", 2, "Hey")]
    public void Each_data_line_is_an_event(string text, int events, string said)
    {
        foreach (var lineEnd in (string[])["\n", "\r\n"])
        {
            var cassette = Open(text.Replace("\n", lineEnd, StringComparison.Ordinal));
            var interaction = Assert.Single(cassette.Interactions);
            Assert.Equal(("bare-answer", events), (cassette.Format, interaction.ChunkCount));
            Assert.Equal(said, ConversationAssembler.Assemble(interaction).Choices[0].Message.Text);
        }
    }

    [Fact]
    public async Task A_client_gets_the_events_one_by_one()
    {
        using var client = new HttpClient(new CassetteMessageHandler([Open(First + Second)]));
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("https://api.openai.com/v1/chat/completions"), content);
        Assert.Equal($"{First}\n{Second}\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("data: {\"a\":\ndata: 1}\n")]
    [InlineData("data: x\ndata: y\n")]
    [InlineData("data: {\"a\":1}\ndata: {\"a\":2}\n")]
    public void Other_lines_are_no_answer(string text) => Assert.Throws<CassetteException>(() => Open(text));

    private static Cassette Open(string text) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(text), CassetteOrigin.OfMemory("a.sse"));
}
