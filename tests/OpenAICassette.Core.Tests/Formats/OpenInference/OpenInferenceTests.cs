using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Cassettes of OpenInference's tests: a status, header fields and a body.</summary>
public sealed class OpenInferenceTests
{
    private const string Stream =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":[],\"usage\":{\"input_tokens\":4}}}\n\n"
        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hey\"}}\n\n"
        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private const string Answer =
        """{"id":"m","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"Hey"}],"usage":{"input_tokens":4,"output_tokens":2}}""";

    /// <summary>A file with a stream.</summary>
    internal static string File => Written(200, "text/event-stream; charset=utf-8", Stream);

    [Theory]
    [InlineData("text/event-stream; charset=utf-8", Stream, 3)]
    [InlineData("application/json", Answer, 0)]
    public async Task An_answer_is_read_and_replayed(string type, string body, int chunks)
    {
        var cassette = Open(Written(200, type, body));
        var interaction = Assert.Single(cassette.Interactions);
        Assert.Equal(
            ("openinference", "/v1/messages", "claude-x", 200, chunks),
            (
                cassette.Format,
                interaction.Endpoint,
                interaction.Model,
                interaction.Response.Status,
                interaction.ChunkCount
            )
        );
        Assert.Equal("Hey", ConversationAssembler.Assemble(interaction).Choices[0].Message.Text);

        using var client = new HttpClient(new CassetteMessageHandler([cassette]));
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("https://api.anthropic.com/v1/messages"), content);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public void An_error_is_read()
    {
        var cassette = Open(
            Written(
                529,
                "application/json",
                """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""
            )
        );
        Assert.Equal(
            ("openinference", true, 529),
            (cassette.Format, cassette.Interactions[0].HasError, cassette.Interactions[0].Response.Status)
        );
    }

    [Theory]
    [InlineData("""{"status":200,"headers":{},"body":"<html></html>"}""")]
    [InlineData("""{"status":200,"headers":{},"body":"{\"ok\":true}"}""")]
    [InlineData("""{"status":200,"headers":{},"body":{"id":"m"}}""")]
    [InlineData("""{"status":404,"headers":{},"body":"{\"message\":\"none\"}"}""")]
    [InlineData("""{"status":"ok","headers":{},"body":"x","url":"https://h"}""")]
    public void Other_files_with_such_members_are_not_taken_for_it(string text) =>
        Assert.Throws<CassetteException>(() => Open(text));

    private static Cassette Open(string text) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(text), CassetteOrigin.OfMemory("a.json"));

    private static string Written(int status, string type, string body) =>
        $$$"""
            {
              "status": {{{status}}},
              "headers": {"content-type": "{{{type}}}"},
              "body": {{{JsonSerializer.Serialize(body)}}}
            }
            """;
}
