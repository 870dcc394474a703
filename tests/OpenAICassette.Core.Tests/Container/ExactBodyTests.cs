using System.Text;
using OpenAICassette.Http;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>A replay sends the bytes that the service sent.</summary>
public class ExactBodyTests
{
    private const string Chats = "/v1/chat/completions";

    public static TheoryData<string, string> Bodies =>
        new()
        {
            { Chats, """{"a": 1.0,  "b":[ ] , "c" : "x"}""" },
            {
                Chats,
                "{\n  \"id\": \"chatcmpl-7\",\n  \"object\": \"chat.completion\",\n  \"choices\": [],\n  \"é\": \"ü\"\n}"
            },
            { Chats, "{\n  \"id\": \"chatcmpl-7\",\n  \"choices\": []\n}\n" },
            { Chats, """{"id": "chatcmpl-7", "choices": [1, 2], "text": "na\u00efve"}""" },
            { Chats, """{"id":"chatcmpl-7","choices":[],"text":"naïve 🙂 \u001b \/"}""" },
            { Chats, """{"id":"chatcmpl-7","id":"again","choices":[]}""" },
            { Chats, """{"n":1E5,"m":1.50,"big":12345678901234567890123}""" },
            { "/v1/moderations", "{\n    \"id\": \"modr-1\",\n    \"results\": [\n        1\n    ]\n}" },
            { "/v1/moderations", "[1, 2 ,3]" },
            { "/v1/moderations", "\"text\"" },
            { "/v1/moderations", " {}" },
            { "/v1/moderations", "{broken" },
            { "/v1/models", "{\n  \"object\": \"list\",\n  \"data\": [\n    {\n      \"id\": \"m\"\n    }\n  ]\n}" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Json_comes_back_with_its_spaces_numbers_and_letters(string path, string body)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(body)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((200, body), await session.AskAsync(path: path));
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal((200, body), await replay.AskAsync(path: path));
        session.AssertHealthy();
    }

    [Theory]
    [InlineData("{\n  \"error\": {\n    \"message\": \"no\",\n    \"type\": \"t\"\n  }\n}")]
    [InlineData("""{"error": {"message": "né", "type": "t"},  "more": 1}""")]
    public async Task An_error_comes_back_as_it_was_and_is_an_error(string body)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(body, 400)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((400, body), await session.AskAsync());
        Assert.Equal((400, body), await session.ReplayAsync());
        var interaction = Assert.Single(session.Cassettes).Interactions[0];
        Assert.True(interaction.HasError);
        Assert.NotNull(interaction.Response.Error);
    }

    public static TheoryData<string, string> Streams =>
        new()
        {
            { Chats, $"data: {Chunk("Hé")}\n\ndata: {Chunk("b", "\"stop\"")}\n\ndata: [DONE]\n\n" },
            { Chats, $"data: {Chunk("a")}\r\n\r\ndata: {Chunk("b", "\"stop\"")}\r\n\r\ndata: [DONE]\r\n\r\n" },
            { Chats, $"data:{Chunk("a")}\n\n: still here\n\ndata:{Chunk("b", "\"stop\"")}\n\ndata:[DONE]\n\n" },
            { Chats, "data: {\"id\": \"1\", \"choices\": []}\n\ndata: {\"id\": \"2\", \"choices\": []}\n\n" },
            { Chats, $"data: {Chunk("a")}\n\ndata: {Chunk("unterminated")}" },
            { Chats, $"data: {Chunk("a")}\n\ndata: {Chunk("unterminated")}\n" },
            { Chats, $"data: {Chunk("a")}\n\n\n\ndata: {Chunk("b", "\"stop\"")}\n\n" },
            {
                "/v1/messages",
                "event: message_start\ndata: {\"type\":\"message_start\"     }\n\nevent: x\ndata: {\"type\":\"x\"}\n\n"
            },
        };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_comes_back_byte_for_byte_with_its_chunks(string path, string body)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await exchange.WriteAsync(Encoding.UTF8.GetBytes(body));
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((200, body), await session.AskAsync(HelloStream, path));
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal((200, body), await replay.AskAsync(HelloStream, path));
        var interaction = Assert.Single(session.Cassettes).Interactions[0];
        Assert.True(interaction.IsStreaming);
        Assert.InRange(interaction.Chunks.Count, 2, 4);
        Assert.Equal(interaction.ChunkCount, interaction.Chunks.Count);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_come_back()
    {
        byte[] body = [0xff, 0xfe, 0, 1, 2, 0x80];
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(RenderedResponse.Create(200, [new("Content-Type", "audio/mpeg")], body))
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync(path: "/v1/audio/speech");
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        using var answer = await replay.SendAsync(path: "/v1/audio/speech");
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("audio/mpeg", answer.Content.Headers.ContentType?.ToString());
    }
}
