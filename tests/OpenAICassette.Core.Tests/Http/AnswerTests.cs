using System.Text.RegularExpressions;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class AnswerTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private const string Old = "GET / HTTP/1.0\r\n\r\n";
    private const string Head = "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static readonly KeyValuePair<string, string>[] s_stream = [new("Content-Type", "text/event-stream")];

    private static readonly RenderedResponse s_chunked = RenderedResponse.CreateChunked(
        200,
        s_stream,
        ["data: a\n\n"u8.ToArray(), default, "data: bcd\n\n"u8.ToArray()]
    );

    [Fact]
    public Task A_whole_answer_is_its_head_its_length_and_its_body() =>
        AssertAnsweredAsync(
            Get,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
            exchange => exchange.SendAsync(RecordedHandler.Text("hello"))
        );

    [Fact]
    public Task An_answer_to_HEAD_is_the_head_alone() =>
        AssertAnsweredAsync(
            Head,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n",
            exchange => exchange.SendAsync(RecordedHandler.Text("hello"))
        );

    [Fact]
    public Task A_rendered_stream_is_sent_in_its_chunks() =>
        AssertAnsweredAsync(
            Get,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\nb\r\ndata: bcd\n\n\r\n0\r\n\r\n",
            exchange => exchange.SendAsync(s_chunked)
        );

    [Fact]
    public Task A_rendered_stream_has_no_chunks_for_an_old_client() =>
        AssertAnsweredAsync(
            Old,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: a\n\ndata: bcd\n\n",
            exchange => exchange.SendAsync(s_chunked)
        );

    [Fact]
    public Task A_rendered_stream_is_for_HEAD_the_head_alone() =>
        AssertAnsweredAsync(
            Head,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n",
            exchange => exchange.SendAsync(s_chunked)
        );

    [Theory]
    [InlineData(204, "No Content")]
    [InlineData(304, "Not Modified")]
    public Task A_status_without_a_body_has_none(int status, string reason) =>
        AssertAnsweredAsync(Get, $"HTTP/1.1 {status} {reason}\r\nX: y\r\n\r\n", exchange =>
            exchange.SendAsync(RenderedResponse.Create(status, [new("X", "y")], "hello"u8.ToArray()))
        );

    [Fact]
    public Task What_the_framing_says_is_not_taken_from_the_recording() =>
        AssertAnsweredAsync(
            Get,
            "HTTP/1.1 529 Site is overloaded\r\nX: a\r\nx: é\r\nContent-Length: 0\r\n\r\n",
            exchange =>
                exchange.SendAsync(
                    RenderedResponse.Create(
                        529,
                        [
                            new("content-length", "9"),
                            new("Transfer-Encoding", "gzip"),
                            new("X", "a"),
                            new("CONNECTION", "close"),
                            new("x", "é"),
                            new("Access-Control-Allow-Origin", "*"),
                        ],
                        default
                    )
                )
        );

    [Theory]
    [InlineData("X", "a\r\nY: b")]
    [InlineData("X", "a\nb")]
    [InlineData("X", "a\0")]
    [InlineData("X Y", "a")]
    [InlineData("X:", "a")]
    [InlineData("", "a")]
    [InlineData("X\r\nY", "a")]
    [InlineData("É", "a")]
    public void A_field_that_would_break_the_head_cannot_be_rendered(string name, string value)
    {
        Assert.Throws<ArgumentException>(() => RenderedResponse.Create(200, [new(name, value)], default));
        Assert.Throws<ArgumentException>(() => RenderedResponse.CreateChunked(200, [new(name, value)], []));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(1000)]
    public void A_status_that_ends_no_request_cannot_be_rendered(int status) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RenderedResponse.Create(status, [], default));

    [Fact]
    public async Task A_stream_is_sent_piece_by_piece()
    {
        var pieces = new SemaphoreSlim(0);
        await using var server = new TestServer(async exchange =>
        {
            await exchange.BeginAsync(200, s_stream);
            await pieces.WaitAsync(exchange.Stopping);
            await exchange.WriteAsync("one"u8.ToArray());
            await exchange.WriteAsync(default);
            await pieces.WaitAsync(exchange.Stopping);
            await exchange.WriteAsync(new byte[300_000]);
            await pieces.WaitAsync(exchange.Stopping);
            await exchange.EndAsync();
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        Assert.Equal("chunked", (await client.ReadAnswerAsync(toHead: true))["Transfer-Encoding"]);
        pieces.Release();
        Assert.Equal("one"u8.ToArray(), await client.ReadChunkAsync());
        pieces.Release();
        Assert.Equal(new byte[300_000], await client.ReadChunkAsync());
        pieces.Release();
        Assert.Empty(await client.ReadChunkAsync());
        await client.SendAsync("GET /again HTTP/1.1\r\nHost: localhost\r\n\r\n");
        pieces.Release(3);
        Assert.Equal(300_003, (await client.ReadAnswerAsync()).Body.Length);
    }

    [Fact]
    public Task A_stream_ends_with_the_connection_for_an_old_client() =>
        AssertAnsweredAsync(
            Old,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nonetwo",
            StreamAsync
        );

    [Fact]
    public Task A_stream_is_for_HEAD_the_head_alone() =>
        AssertAnsweredAsync(
            Head,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n",
            StreamAsync
        );

    [Fact]
    public Task A_stream_that_the_handler_does_not_end_is_ended() =>
        AssertAnsweredAsync(
            Get,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            async exchange =>
            {
                await exchange.BeginAsync(200, []);
                await exchange.WriteAsync("a"u8.ToArray());
            }
        );

    [Fact]
    public async Task An_exception_of_the_handler_gives_500_and_nothing_of_it_is_told()
    {
        await using var server = new TestServer(_ => throw new InvalidOperationException("internal affairs"));
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        var answer = await client.ReadAnswerAsync();
        Assert.Equal((500, "close"), (answer.Status, answer["Connection"]));
        Assert.DoesNotContain("internal", answer.ErrorMessage(), StringComparison.Ordinal);
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_handler_that_answers_nothing_gives_500()
    {
        await using var server = new TestServer(_ => ValueTask.CompletedTask);
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        Assert.Equal(500, (await client.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_begun_gives_500()
    {
        await using var server = new TestServer(exchange => exchange.BeginAsync(200, [new("X", "a\r\nb")]));
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        Assert.Equal(500, (await client.ReadAnswerAsync()).Status);
    }

    [Fact]
    public Task An_exception_in_the_middle_of_a_stream_cuts_it_off() =>
        AssertEndsAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", async exchange =>
        {
            await exchange.BeginAsync(200, []);
            await exchange.WriteAsync("a"u8.ToArray());
            throw new InvalidOperationException("in the middle");
        });

    [Fact]
    public Task A_second_answer_is_a_mistake_of_the_handler_and_not_sent() =>
        AssertEndsAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nfirst",
            async exchange =>
            {
                await exchange.SendAsync(RecordedHandler.Text("first"));
                Assert.True(exchange.HasBegun);
                await exchange.SendAsync(RecordedHandler.Text("second"));
            }
        );

    [Fact]
    public Task Raw_bytes_go_out_as_they_are_and_the_connection_ends() =>
        AssertEndsAsync(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nzz\r\nno chunk",
            async exchange =>
            {
                await exchange.BeginAsync(200, []);
                await exchange.WriteAsync("a"u8.ToArray());
                await exchange.WriteRawAsync("zz\r\nno chunk"u8.ToArray());
            }
        );

    [Fact]
    public Task Raw_bytes_can_be_all_of_an_answer() =>
        AssertEndsAsync("HTTP/9.9 what", exchange => exchange.WriteRawAsync("HTTP/9.9 what"u8.ToArray()));

    [Fact]
    public Task A_stream_that_is_closed_has_no_proper_end() =>
        AssertEndsAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", async exchange =>
        {
            await exchange.BeginAsync(200, []);
            await exchange.WriteAsync("a"u8.ToArray());
            exchange.Close();
        });

    [Fact]
    public async Task A_connection_that_is_aborted_is_reset()
    {
        var read = new SemaphoreSlim(0);
        await using var server = new TestServer(async exchange =>
        {
            await exchange.BeginAsync(200, []);
            await read.WaitAsync(exchange.Stopping);
            exchange.Abort();
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await client.ReadAnswerAsync(toHead: true);
        read.Release();
        await client.AssertResetAsync();
        await server.AssertAllClosedAsync();
    }

    [Fact]
    public async Task A_connection_that_is_aborted_without_a_word_is_reset()
    {
        await using var server = new TestServer(exchange =>
        {
            exchange.Abort();
            return ValueTask.CompletedTask;
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await client.AssertResetAsync();
        await server.AssertAllClosedAsync();
    }

    private static async ValueTask StreamAsync(HttpExchange exchange)
    {
        await exchange.BeginAsync(200, s_stream);
        await exchange.WriteAsync("one"u8.ToArray());
        await exchange.WriteAsync("two"u8.ToArray());
        await exchange.EndAsync();
    }

    /// <summary>Asks, then asks whether the connection is still in step, or has ended where it should.</summary>
    private static async Task AssertAnsweredAsync(string request, string expected, Func<HttpExchange, ValueTask> answer)
    {
        await using var server = new TestServer(exchange =>
            exchange.Path == "/next" ? exchange.SendAsync(RecordedHandler.Text("next")) : answer(exchange)
        );
        using var client = await server.ConnectAsync();
        var isOld = request == Old;
        await client.SendAsync(
            isOld ? request : request + "GET /next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );
        var next = isOld
            ? string.Empty
            : "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnext";
        Assert.Equal(expected + next, Undated(await client.ReadToEndAsync()));
    }

    private static async Task AssertEndsAsync(string expected, Func<HttpExchange, ValueTask> answer)
    {
        await using var server = new TestServer(answer);
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get + Get);
        Assert.Equal(expected, Undated(await client.ReadToEndAsync()));
        await server.AssertAllClosedAsync();
        Assert.Single(server.Handler.Asked);
    }

    /// <summary>Answers without the field Date, which each has once, after those of the handler.</summary>
    private static string Undated(string answers)
    {
        const string Date = @"\r\nDate: [^\r]+";
        Assert.Equal(Regex.Count(answers, @"HTTP/1\.1 \d"), Regex.Count(answers, Date));
        return Regex.Replace(answers, Date, string.Empty);
    }
}
