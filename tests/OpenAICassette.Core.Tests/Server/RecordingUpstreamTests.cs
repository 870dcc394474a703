using System.IO.Compression;
using System.Text;
using OpenAICassette.Cassettes;
using OpenAICassette.Http;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

public class RecordingUpstreamTests
{
    [Fact]
    public async Task A_stream_comes_chunk_by_chunk_and_is_replayed_as_it_came()
    {
        using var folder = new TempFolder();
        using var next = new SemaphoreSlim(0);
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, "He");
                await next.WaitAsync();
                await SendChunkAsync(exchange, "llo ☀", "\"stop\"");
                await exchange.WriteAsync("data: [DONE]\n\n"u8.ToArray());
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync(HelloStream);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var first = await reader.ReadLineAsync();
        Assert.Equal($"data: {Chunk("He")}", first);
        Assert.Empty(folder.Files);
        next.Release();
        var seen = $"{first}\n{await reader.ReadToEndAsync()}";
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());

        session.AssertHealthy();
        var interaction = Assert.Single(session.Cassettes).Interactions[0];
        Assert.Equal(2, interaction.ChunkCount);
        Assert.All(interaction.Chunks, chunk =>
            Assert.Equal("openai.types.chat.chat_completion_chunk.ChatCompletionChunk", chunk.Type)
        );
        TimeSpan?[] times = [.. interaction.Response.Frames.Select(frame => frame.At), interaction.Response.EndedAt];
        Assert.DoesNotContain(null, times);
        Assert.Equal(times.Order(), times);
        Assert.Equal(Events(seen), Events((await session.ReplayAsync(HelloStream)).Body));
    }

    [Fact]
    public async Task An_upstream_that_cannot_be_reached_gives_502_which_is_not_recorded()
    {
        using var folder = new TempFolder();
        await using var session = new RecordingSession(Nowhere.Address, folder);
        var (status, body) = await session.AskAsync();
        Assert.Equal(502, status);
        Assert.Contains("ConnectionError", body, StringComparison.Ordinal);
        Assert.Equal(RequestOutcome.Failed, session.Last.Outcome);
        Assert.StartsWith(
            "not recorded: the connection to the upstream failed",
            session.Last.Error,
            StringComparison.Ordinal
        );
        Assert.Equal((true, 1), (session.Last.IsLost, session.Server.LostCount));
        Assert.Empty(folder.Files);

        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var later = new RecordingSession(upstream.Uri, folder, RecordMode.Once);
        Assert.Equal((200, Chat), await later.AskAsync());
    }

    [Fact]
    public async Task A_connection_that_failed_is_recorded_if_that_is_asked_for_and_replayed_as_502()
    {
        using var folder = new TempFolder();
        await using (var session = new RecordingSession(Nowhere.Address, folder, recordFailures: true))
        {
            var (status, body) = await session.AskAsync();
            Assert.Equal(502, status);
            Assert.Contains("ConnectionError", body, StringComparison.Ordinal);
            Assert.Equal((RequestOutcome.Failed, false), (session.Last.Outcome, session.Last.IsLost));
        }

        Assert.Single(folder.Files);
        await using var replay = new RecordingSession(Nowhere.Address, folder, RecordMode.None);
        var (replayed, text) = await replay.AskAsync();
        Assert.Equal((502, RequestOutcome.Played), (replayed, replay.Last.Outcome));
        Assert.Contains("cannot be reached", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_and_is_no_stream_is_recorded_with_the_cut()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await exchange.BeginAsync(200, [new("Content-Type", "application/json")]);
                await exchange.WriteAsync("{\"id\":"u8.ToArray());
                exchange.Close();
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => session.AskAsync());
        Assert.Single(folder.Files);
        Assert.False(session.Last.IsLost);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_breaks_off_for_the_client_and_is_recorded_as_far_as_it_came()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, "He");
                await exchange.WriteAsync("data: {\"id\":"u8.ToArray());
                exchange.Close();
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync(HelloStream);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync());
        session.AssertHealthy();
        var response = Assert.Single(session.Cassettes).Interactions[0].Response;
        Assert.Equal("He", Assert.Single(response.Chunks).Data["choices"][0]["delta"]["content"].Text);
        Assert.True(response.IsStreaming);
        Assert.NotNull(response.Error);
        Assert.Equal(RequestOutcome.Failed, session.Last.Outcome);
    }

    [Fact]
    public async Task A_client_that_leaves_early_does_not_cut_the_recording_short()
    {
        using var folder = new TempFolder();
        var hasLeft = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, "0");
                await hasLeft.Task;
                for (var i = 1; i < 200; i++)
                {
                    await SendChunkAsync(exchange, new string('x', 4000), i == 199 ? "\"stop\"" : "null");
                }

                await exchange.WriteAsync("data: [DONE]\n\n"u8.ToArray());
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        using (var answer = await session.SendAsync(HelloStream))
        {
            await (await answer.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[10]);
        }

        hasLeft.SetResult();
        await Soon.UntilAsync(
            () => session.Last.Outcome == RequestOutcome.Recorded,
            () => $"the request is {session.Last.Outcome}: {session.Last.Error}"
        );

        session.AssertHealthy();
        Assert.Equal(200, Assert.Single(session.Cassettes).Interactions[0].ChunkCount);
    }

    [Fact]
    public async Task A_service_that_never_ends_is_given_up()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, "He");
                await Task.Delay(Timeout.Infinite, exchange.Stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder, limit: TimeSpan.FromSeconds(1));
        using var answer = await session.SendAsync(HelloStream);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync());
        Assert.Equal("the answer took too long", session.Last.Error);
        Assert.Equal(1, Assert.Single(session.Cassettes).Interactions[0].ChunkCount);
    }

    [Fact]
    public async Task Stopping_the_server_gives_up_what_is_not_there_and_records_no_half()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, "He");
                await Task.Delay(Timeout.Infinite, exchange.Stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync(HelloStream);
        await session.Server.StopAsync();
        await session.Server.StopAsync();
        Assert.Empty(folder.Files);
        Assert.Equal(RequestOutcome.Failed, session.Last.Outcome);
        Assert.Contains("stopped", session.Last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_compressed_unasked_is_recorded_and_passed_on_as_it_was_before()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
            {
                using var packed = new MemoryStream();
                using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
                {
                    gzip.Write(Encoding.UTF8.GetBytes(Chat));
                }

                return exchange.SendAsync(
                    RenderedResponse.Create(
                        200,
                        [new("Content-Type", "application/json"), new("Content-Encoding", "gzip")],
                        packed.ToArray()
                    )
                );
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal(
            (200, Chat),
            await session.AskAsync(
                headers: [("Accept-Encoding", "gzip, br"), ("X-Mine", "1"), ("Connection", "x-mine2"), ("X-Mine2", "2")]
            )
        );
        AssertSame(Chat, (await session.ReplayAsync()).Body);
        Assert.True(upstream.Headers.TryDequeue(out var headers));
        Assert.Equal(
            ("identity", "1", upstream.Uri.Authority),
            (headers["Accept-Encoding"], headers["X-Mine"], headers["Host"])
        );
        Assert.False(headers.ContainsKey("X-Mine2"));
        Assert.Equal("application/json", headers["Content-Type"]);
    }

    [Fact]
    public async Task A_redirect_is_passed_on_and_not_followed()
    {
        using var folder = new TempFolder();
        await using var elsewhere = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    RenderedResponse.Create(307, [new("Location", $"{elsewhere.Uri}v1/chat/completions")], default)
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((307, string.Empty), await session.AskAsync());
        Assert.Equal((307, string.Empty), await session.ReplayAsync());
        session.AssertHealthy();
        Assert.Equal(0, elsewhere.Count);
    }

    [Fact]
    public async Task A_large_answer_is_recorded_whole()
    {
        var large = Chat.Replace("Hé", new string('é', 3 << 20), StringComparison.Ordinal);
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(large)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal(large, (await session.AskAsync()).Body);
        AssertSame(large, (await session.ReplayAsync()).Body);
    }

    [Theory]
    [InlineData(200, "text/html", "<p>Hello")]
    [InlineData(503, "text/plain", "busy")]
    [InlineData(404, "application/json", """{"detail":"Not Found"}""")]
    [InlineData(400, "application/json", """{"error":"no"}""")]
    [InlineData(400, "application/json", """{"error":{"message":"no"},"more":1}""")]
    [InlineData(200, "application/json", "not JSON")]
    [InlineData(200, "application/json", "[1]")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "\"text\"")]
    [InlineData(204, "application/json", "")]
    [InlineData(200, "text/event-stream", "data: {\"a\":1}\n\n")]
    [InlineData(200, "text/event-stream", "data: {\"choices\":[]}\n\n")]
    [InlineData(200, "text/event-stream", "event: x\ndata: {\"choices\":[]}\n\ndata: [DONE]\n\n")]
    [InlineData(200, "text/event-stream", "data: plain\r\n\r\ndata: more\ndata: lines\n\n")]
    [InlineData(200, "text/event-stream", ": wait\n\ndata: {\"choices\":[]}\n\ndata: [DONE]\n\n")]
    [InlineData(200, "text/event-stream", "")]
    [InlineData(200, "application/x-ndjson", "{\"a\":1}\n{\"b\":2}\n")]
    public async Task Whatever_is_answered_is_replayed_to_the_client(int status, string type, string body)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    RenderedResponse.Create(status, [new("Content-Type", type)], Encoding.UTF8.GetBytes(body))
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((status, body), await session.AskAsync());
        var replay = await session.ReplayAsync();
        Assert.Equal(status, replay.Status);
        Assert.Equal(
            type == "text/event-stream" ? Events(body) : [body],
            type == "text/event-stream" ? Events(replay.Body) : [replay.Body]
        );
        session.AssertHealthy();
        Assert.Equal(type, Assert.Single(session.Cassettes).Interactions[0].Response.Headers["content-type"]);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_replayed_as_they_were()
    {
        byte[] sound = [0xff, 0xfb, 0x90, 0, 13, 10, 0x80];
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(RenderedResponse.Create(200, [new("Content-Type", "audio/mpeg")], sound))
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.Once })
        {
            await using var each = new RecordingSession(upstream.Uri, folder, mode);
            using var answer = await each.SendAsync(
                """{"model":"m","input":"Hello","voice":"v"}""",
                "/v1/audio/speech"
            );
            Assert.Equal(sound, await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal("audio/mpeg", answer.Content.Headers.ContentType?.ToString());
        }

        Assert.Equal(1, upstream.Count);
        session.AssertHealthy();
    }

    [Fact]
    public async Task A_request_that_cannot_be_recorded_is_passed_on_and_the_journal_says_why()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, "He");
                exchange.Close();
            }
        );

        // This format has no place for an answer that broke off.
        await using var session = new RecordingSession(upstream.Uri, folder, format: "vcrpy");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => session.AskAsync(HelloStream));
        Assert.Equal(RequestOutcome.Failed, session.Last.Outcome);
        Assert.Contains("cannot hold an answer that broke off", session.Last.Error, StringComparison.Ordinal);
        Assert.Equal((true, 1), (session.Last.IsLost, session.Server.LostCount));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_costs_the_client_nothing()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        folder.Add("a/b", "a file where a folder should be"u8);
        Assert.Equal(
            (200, Chat),
            await session.AskAsync(headers: ("X-OGX-Provider-Data", """{"__test_id":"a/b/test_x.py::t"}"""))
        );
        Assert.Equal(RequestOutcome.Failed, session.Last.Outcome);
        Assert.Contains("not written", session.Last.Error, StringComparison.Ordinal);
        Assert.True(session.Last.IsLost);
    }

    /// <summary>The data of events, without comments and layout.</summary>
    private static List<string> Events(string body) =>
        [
            .. StreamEvent
                .ReadEvents(Encoding.UTF8.GetBytes(body))
                .Where(sent => sent.Data is not null)
                .Select(sent =>
                    $"{sent.Name} {(sent.Json.Exists ? System.Text.Json.Nodes.JsonNode.Parse(sent.Data!)!.ToJsonString() : sent.Data)}"
                ),
        ];
}
