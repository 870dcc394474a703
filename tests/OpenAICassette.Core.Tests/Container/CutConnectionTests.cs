using System.Text;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>A connection that the service cut is cut again, after the same byte.</summary>
public class CutConnectionTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: ";

    public static TheoryData<string, string, bool> Answers =>
        new()
        {
            { "application/json", """{"id":"chatcmpl-7","choi""", false },
            { "application/json", """{"id":"chatcmpl-7","choi""", true },
            { "text/event-stream", $"data: {Chunk("a")}\n\ndata: {{\"id\":\"chatc", false },
            { "text/event-stream", $"data: {Chunk("a")}\n\n", true },
            { "application/octet-stream", "\u00ff\u0000\u0001", false },
            { "application/json", "", false },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_connection_is_cut_in_a_replay_where_the_service_cut_it(string type, string body, bool isReset)
    {
        using var folder = new TempFolder();
        await using var upstream = new RawUpstream(
            $"{Head}{type}\r\nContent-Length: {body.Length + 10}\r\n\r\n{body}",
            isReset
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal(body, await ReadUntilCutAsync(session));
        Assert.False(session.Last.IsLost);
        var interaction = Assert.Single(session.Cassettes).Interactions[0];
        Assert.True(interaction.HasError);
        Assert.Equal(
            isReset ? "reset" : "closed",
            JsonValue.ParseOrUndefined(interaction.Cassette.Read())["openai_cassette"]["cut"]["kind"].Text
        );
        Assert.Equal(
            body.Length,
            JsonValue.ParseOrUndefined(interaction.Cassette.Read())["openai_cassette"]["cut"]["at"].WholeNumber
        );
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        if (!isReset)
        {
            // A reset may overtake the bytes before it.
            Assert.Equal(body, await ReadUntilCutAsync(replay));
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(async () =>
                await (await replay.SendAsync()).Content.ReadAsStringAsync()
            );
        }

        using var handler = new CassetteMessageHandler(session.Cassettes);
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://service") };
        using var content = new StringContent(Hello, Encoding.UTF8, "application/json");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
            client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content)
        );
    }

    [Fact]
    public async Task A_stream_in_chunks_that_ends_without_the_last_one_is_cut_too()
    {
        var body = $"data: {Chunk("a")}\n\n";
        using var folder = new TempFolder();
        await using var upstream = new RawUpstream(
            $"{Head}text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n"
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal(body, await ReadUntilCutAsync(session));
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal(body, await ReadUntilCutAsync(replay));
    }

    /// <summary>Returns what arrives, as one character for each byte, until the connection is cut.</summary>
    private static async Task<string> ReadUntilCutAsync(RecordingSession session)
    {
        using var answer = await session.SendAsync();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var received = new List<byte>();
        var buffer = new byte[1024];
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await stream.ReadAsync(buffer) is var count and > 0)
            {
                received.AddRange(buffer[..count]);
            }
        });
        return Encoding.Latin1.GetString([.. received]);
    }
}
