using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Streams that say little: none of their events was recorded, or nothing but texts.</summary>
public sealed class EmptyStreamTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text/event-stream", 200, true)]
    [InlineData("text/event-stream", 404, false)]
    [InlineData("application/json", 200, false)]
    public void A_response_of_the_type_of_streams_is_one_without_any_event(string type, int status, bool isStream)
    {
        var interaction = Open(type, status, string.Empty);
        Assert.Equal((isStream, 0), (interaction.IsStreaming, interaction.ChunkCount));
        Assert.Empty(interaction.Response.Frames);
        Assert.Empty(ConversationAssembler.Assemble(interaction).Choices);
    }

    [Fact]
    public void A_stream_of_texts_alone_is_the_one_that_Writer_sends()
    {
        const string stream = """data: {\"value\":\"He\"}\n\ndata: {\"value\":\"y\"}\n\n""";
        var said = ConversationAssembler.Assemble(Open("text/event-stream", 200, stream));
        Assert.Equal("Hey", Assert.Single(said.Choices).Message.Text);
    }

    private Interaction Open(string type, int status, string body)
    {
        var text = $$$"""
            {"version":1,"interactions":[{"request":{"method":"POST","uri":"https://api.writer.com/v1/completions","headers":{},"body":"{}"},
            "response":{"status":{"code":{{{status}}},"message":"x"},"headers":{"Content-Type":["{{{type}}}"]},"body":{"string":"{{{body}}}"} }}]}
            """;
        return Assert.Single(CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(text))).Interactions);
    }
}
