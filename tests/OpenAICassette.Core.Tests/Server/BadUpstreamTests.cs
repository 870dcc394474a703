using System.IO.Compression;
using System.Text;
using static OpenAICassette.Tests.RecordingSession;

namespace OpenAICassette.Tests;

/// <summary>
/// Services that break the rules of HTTP: the client is told, memory stays bounded, no half is recorded.
/// </summary>
public class BadUpstreamTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    public static TheoryData<string, string> Refused =>
        new()
        {
            { "longer than 64 KB", Ok + Repeated("X-Many: a\r\n", 10_000) + "\r\n" },
            { "longer than 64 KB", Ok + "X: " + new string('a', 200_000) },
            { "longer than 64 KB", Ok + Repeated("X-Other: a\r\n", 10_000) },
            { "InvalidResponse", "HTTP/1.1 200 OK\r\nX y: a\r\n\r\n" },
            { "InvalidResponse", "HTTP/1.1 20x OK\r\n\r\n" },
            { "InvalidResponse", "SSH-2.0-OpenSSH_9.6\r\n" },
            { "ResponseEnded", "HTTP/1.1 200" },
            { "ResponseEnded", string.Empty },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_answer_without_a_valid_head_gives_502_and_is_not_recorded(string reason, string answer)
    {
        using var folder = new TempFolder();
        await using var upstream = ScriptedUpstream.Sending(answer);
        await using var session = new RecordingSession(upstream.Uri, folder);
        var (status, body) = await session.AskAsync();
        Assert.Equal(502, status);
        Assert.Contains(reason, body, StringComparison.Ordinal);
        Assert.True(session.Last.IsLost);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"a\":1}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n100\r\n{\"a\":1}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\nxyz\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\nFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}!!\r\n0\r\n\r\n")]
    public async Task A_body_shorter_than_announced_breaks_off_for_the_client_and_is_never_recorded_as_whole(
        string rest
    )
    {
        using var folder = new TempFolder();
        await using var upstream = ScriptedUpstream.Sending(Ok + rest);
        await using var session = new RecordingSession(upstream.Uri, folder);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => session.AskAsync());
        Assert.Equal(RequestOutcome.Failed, session.Last.Outcome);
        Assert.NotNull(session.Last.Error);
        foreach (var cassette in session.Cassettes)
        {
            Assert.NotNull(cassette.Interactions[0].Response.Error);
        }
    }

    [Fact]
    public async Task Bytes_after_a_body_are_not_taken_for_the_next_answer()
    {
        using var folder = new TempFolder();
        await using var upstream = new ScriptedUpstream(
            async (stream, number, stop) =>
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        number == 1
                            ? Ok + "Content-Length: 2\r\n\r\n{}" + Ok + "Content-Length: 9\r\n\r\n{\"bad\":1}"
                            : Ok + "Content-Length: 10\r\n\r\n{\"good\":1}"
                    ),
                    stop
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((200, "{}"), await session.AskAsync());
        Assert.Equal((200, "{\"good\":1}"), await session.AskAsync(HelloStream));
    }

    [Theory]
    [InlineData("X-A: a\rX-Evil: b\r\n")]
    [InlineData("X-A: a\r\r\n")]
    [InlineData("X-A: a\0b\r\n")]
    [InlineData("X-A: a\u001b[31m\r\n")]
    [InlineData("X-A: a\r\n X-Evil: b\r\n")]
    public async Task A_control_character_in_a_field_reaches_neither_client_nor_recording(string field)
    {
        using var folder = new TempFolder();
        await using var upstream = ScriptedUpstream.Sending(Ok + field + "Content-Length: 2\r\n\r\n{}");
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync();
        Assert.True((int)answer.StatusCode is 200 or 502);
        Assert.False(answer.Headers.Contains("X-Evil"));
        Assert.DoesNotContain(answer.Headers.NonValidated.SelectMany(each => each.Value), value =>
            value.Any(char.IsControl)
        );
        Assert.DoesNotContain(
            session.Cassettes.SelectMany(cassette => cassette.Interactions[0].Response.Headers),
            each => each.Name.Equals("x-evil", StringComparison.OrdinalIgnoreCase) || each.Value.Any(char.IsControl)
        );
    }

    [Fact]
    public async Task A_service_that_never_answers_gives_502()
    {
        using var folder = new TempFolder();
        await using var upstream = new ScriptedUpstream((_, _, stop) => Task.Delay(Timeout.Infinite, stop));
        await using var session = new RecordingSession(upstream.Uri, folder, limit: TimeSpan.FromSeconds(1));
        var (status, body) = await session.AskAsync();
        Assert.Equal(502, status);
        Assert.Contains("took too long", body, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Interim_answers_without_end_are_given_up()
    {
        using var folder = new TempFolder();
        await using var upstream = new ScriptedUpstream(
            async (stream, _, stop) =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await stream.WriteAsync("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"u8.ToArray(), stop);
                }
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder, limit: TimeSpan.FromSeconds(1));
        Assert.Equal(502, (await session.AskAsync()).Status);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("text/plain", 260)]
    [InlineData("text/event-stream", 70)]
    public async Task A_body_longer_than_what_is_kept_reaches_the_client_but_not_memory(string type, int megabytes)
    {
        var piece = Encoding.ASCII.GetBytes(new string('a', 1 << 20));
        using var folder = new TempFolder();
        await using var upstream = new ScriptedUpstream(
            async (stream, _, stop) =>
            {
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n"),
                    stop
                );
                for (var i = 0; i < megabytes; i++)
                {
                    await stream.WriteAsync(piece, stop);
                }
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await AssertPassedAsync(session, (long)megabytes << 20, megabytes > 256 ? 256 : 64);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("gzip", "application/json")]
    [InlineData("gzip", "application/octet-stream")]
    [InlineData("br", "text/event-stream")]
    [InlineData("deflate", "image/png")]
    public async Task A_decompression_bomb_fills_neither_memory_nor_the_disk(string coding, string type)
    {
        const int Megabytes = 80;
        var bomb = Packed(coding, Megabytes);
        Assert.True(bomb.Length < Megabytes * 2048);
        using var folder = new TempFolder();
        await using var upstream = new ScriptedUpstream(
            async (stream, _, stop) =>
            {
                var head = $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Encoding: {coding}\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
                await stream.WriteAsync(bomb, stop);
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await AssertPassedAsync(session, (long)Megabytes << 20, most: 64);
        Assert.Empty(folder.Files);
    }

    private static async Task AssertPassedAsync(RecordingSession session, long length, int most)
    {
        using var answer = await session.SendAsync();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, seen) = (new byte[1 << 16], 0L);
        while (await body.ReadAsync(buffer) is var count and > 0)
        {
            seen += count;
        }

        Assert.Equal(length, seen);
        Assert.Contains($"longer than {most} MB", session.Last.Error, StringComparison.Ordinal);
        Assert.True(session.Last.IsLost);
    }

    private static byte[] Packed(string coding, int megabytes)
    {
        using var packed = new MemoryStream();
        using (
            Stream packer = coding switch
            {
                "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
                "br" => new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true),
                _ => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            }
        )
        {
            for (var i = 0; i < megabytes; i++)
            {
                packer.Write(new byte[1 << 20]);
            }
        }

        return packed.ToArray();
    }

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
