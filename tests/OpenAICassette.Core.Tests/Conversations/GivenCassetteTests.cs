using OpenAICassette.Conversations;

namespace OpenAICassette.Tests;

public class GivenCassetteTests
{
    [Theory]
    [InlineData(
        """[{"role":"user","content":"hi"},{"role":"assistant","content":"there"}]""",
        "user       hi\nassistant  there"
    )]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"model":"m"}""", "user       hi\n           m")]
    [InlineData("""{"role":"user","content":"hi"}""", "user       hi")]
    [InlineData(
        """{"object":"chat.completion","model":"m","choices":[{"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}""",
        "assistant  hi\n           m · stop"
    )]
    [InlineData(
        """{"type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn"}""",
        "assistant  hi\n           c · end_turn"
    )]
    [InlineData(
        """{"object":"response","model":"r","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"hi"}]}]}""",
        "assistant  hi\n           r · completed"
    )]
    [InlineData("""{"candidates":[{"content":{"role":"model","parts":[{"text":"hi"}]}}]}""", "assistant  hi")]
    [InlineData(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"h\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"i\"}}]}\n\ndata: [DONE]\n\n",
        "assistant  hi\n           3 chunks"
    )]
    [InlineData(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"h\"}}]}\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"i\"}}]}\r\ndata: [DONE]",
        "assistant  hi\n           3 chunks"
    )]
    [InlineData(
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\ndata: \"delta\":{\"type\":\"text_delta\",\"text\":\"hi\"}}\n\n",
        "assistant  hi\n           1 chunk"
    )]
    [InlineData(
        "{\"model\":\"o\",\"message\":{\"role\":\"assistant\",\"content\":\"h\"},\"done\":false}\n{\"model\":\"o\",\"message\":{\"role\":\"assistant\",\"content\":\"i\"},\"done\":true}\n",
        "assistant  hi\n           o · 2 chunks"
    )]
    [InlineData(
        """{"request":{"url":"x","body":{"prompt":"p"}},"response":{"body":{"choices":[{"text":"hi"}]}}}""",
        "user       p\nassistant  hi"
    )]
    public void What_clients_hand_out_is_read(string text, string expected) =>
        Assert.Equal(expected, new Transcript(Assert.Single(GivenCassette.Read(text)).Conversation()).ToString());

    [Fact]
    public void Each_line_of_a_data_set_is_a_conversation() =>
        Assert.Equal(
            ["one", "two"],
            GivenCassette
                .Read(
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]}\n{\"messages\":[{\"role\":\"user\",\"content\":\"two\"}]}\n"
                )
                .Select(cassette => cassette.Conversation().Messages[0].Text)
        );

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("{\"a\": ")]
    [InlineData("event: x\n\n")]
    public void What_is_nothing_of_the_kind_is_refused(string text) =>
        Assert.Equal(
            CassetteError.CassetteFormatUnknown,
            Assert.Throws<CassetteException>(() => GivenCassette.Read(text)).Error
        );

    [Fact]
    public void What_MessageJson_gives_is_read_again()
    {
        var first = TranscriptRenderer.Render(
            new Transcript(CassetteStore.Open(Repository.Capitals).Conversation()),
            TranscriptOutput.MessageJson
        );
        var again = new Transcript(Assert.Single(GivenCassette.Read(first)).Conversation());
        Assert.Equal(first, TranscriptRenderer.Render(again, TranscriptOutput.MessageJson));
    }
}
