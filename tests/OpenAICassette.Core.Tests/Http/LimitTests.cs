using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class LimitTests
{
    private static readonly HttpServerOptions s_impatient = new()
    {
        HeaderTimeout = TimeSpan.FromMilliseconds(100),
        BodyTimeout = TimeSpan.FromMilliseconds(100),
        IdleTimeout = TestServer.Long,
    };

    [Theory]
    [InlineData("G")]
    [InlineData("\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: local")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhell")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX")]
    public async Task A_request_that_does_not_go_on_gets_408(string request)
    {
        await using var server = new TestServer(options: s_impatient);
        using var client = await server.ConnectAsync();
        await client.SendAsync(request);
        var answer = await client.ReadAnswerAsync();
        Assert.Equal((408, "close"), (answer.Status, answer["Connection"]));
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        Assert.Empty(server.Handler.Asked);
    }

    [Fact]
    public async Task A_head_that_goes_on_byte_by_byte_for_ever_gets_408()
    {
        await using var server = new TestServer(options: s_impatient);
        using var client = await server.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
        using var stop = new CancellationTokenSource();
        var sending = SendSlowlyAsync(client, stop.Token);
        Assert.Equal(408, (await client.ReadAnswerAsync()).Status);
        await stop.CancelAsync();
        await sending;
    }

    [Fact]
    public async Task A_body_that_goes_on_slowly_arrives()
    {
        await using var server = new TestServer(
            options: new HttpServerOptions { BodyTimeout = TimeSpan.FromSeconds(5), MinBodyBytesPerSecond = 1 }
        );
        using var client = await server.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30\r\n\r\n");
        for (var i = 0; i < 30; i++)
        {
            await Task.Delay(200);
            await client.SendAsync("x");
        }

        Assert.Equal(200, (await client.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task A_connection_without_a_request_is_closed_without_a_word(string before)
    {
        // An hour passes only when the test says so; a short limit would also end a connection whose client is slow to
        // ask.
        var limit = TimeSpan.FromHours(1);
        await using var server = new TestServer(options: new HttpServerOptions { IdleTimeout = limit });
        using var client = await server.ConnectAsync();
        await client.SendAsync(before);
        if (before.Length > 0)
        {
            await client.ReadAnswerAsync();
        }

        var rest = client.ReadToEndAsync();
        await Soon.UntilAsync(
            () =>
            {
                server.Server.Sweep(Environment.TickCount64 + (long)(2 * limit.TotalMilliseconds));
                return rest.IsCompleted;
            },
            () => "the connection is still open"
        );
        Assert.Equal(string.Empty, await rest);
        await server.AssertAllClosedAsync();
    }

    [Theory]
    [InlineData("Content-Length: 1000000")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nf4240")]
    public async Task A_body_that_trickles_gets_408(string framing)
    {
        await using var server = new TestServer(options: s_impatient);
        using var client = await server.ConnectAsync();
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: localhost\r\n{framing}\r\n\r\n");
        using var stop = new CancellationTokenSource();
        var sending = SendSlowlyAsync(client, stop.Token);
        Assert.Equal(408, (await client.ReadAnswerAsync()).Status);
        await stop.CancelAsync();
        await sending;
        Assert.Empty(server.Handler.Asked);
    }

    [UnixFact]
    public async Task A_client_that_takes_little_at_a_time_is_seen_to_take_it()
    {
        const int Piece = 16 * 1024;
        var sent = 0;
        await using var server = new TestServer(async exchange =>
        {
            await exchange.BeginAsync(200, []);
            while (true)
            {
                await exchange.WriteAsync(new byte[Piece]);
                Interlocked.Increment(ref sent);
            }
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await client.ReadAnswerAsync(toHead: true);
        await AssertStillAsync(() => Volatile.Read(ref sent));
        var before = Volatile.Read(ref sent);
        for (var taken = 0; taken < 256 * 1024; taken += Piece)
        {
            await client.ReadChunkAsync();
        }

        await Soon.UntilAsync(() => Volatile.Read(ref sent) > before, () => "nothing more was sent");
    }

    [Fact]
    public async Task A_handler_may_take_longer_than_any_limit_of_the_client()
    {
        await using var server = new TestServer(
            async exchange =>
            {
                await Task.Delay(500, exchange.Aborted);
                await exchange.SendAsync(RecordedHandler.Text("late"));
            },
            s_impatient
        );
        using var client = await server.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal("late", (await client.ReadAnswerAsync()).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_does_not_take_its_answer_is_cut_off(bool isStreamed)
    {
        var answer = RecordedHandler.Text(new string('x', 64 * 1024 * 1024));
        var isCutOff = new TaskCompletionSource<bool>();
        await using var server = new TestServer(
            async exchange =>
            {
                try
                {
                    await (isStreamed ? StreamForEverAsync(exchange) : exchange.SendAsync(answer));
                }
                catch (OperationCanceledException) when (exchange.Aborted.IsCancellationRequested)
                {
                    isCutOff.SetResult(true);
                    throw;
                }
            },
            s_impatient
        );
        using var client = await server.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.True(await isCutOff.Task.WaitAsync(TestServer.Long));
        await server.AssertAllClosedAsync();
    }

    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1001, 413)]
    public async Task A_body_may_be_as_long_as_the_limit(int length, int status)
    {
        await using var server = new TestServer(options: new HttpServerOptions { MaxBodyBytes = 1000 });
        var body = new string('x', length);
        foreach (
            var request in new[]
            {
                $"Content-Length: {length}\r\n\r\n{body}",
                $"Transfer-Encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n",
            }
        )
        {
            using var client = await server.ConnectAsync();
            await client.SendAsync($"POST / HTTP/1.1\r\nHost: localhost\r\n{request}");
            Assert.Equal(status, (await client.ReadAnswerAsync()).Status);
        }
    }

    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1001, 431)]
    public async Task A_head_may_be_as_long_as_the_limit(int length, int status)
    {
        await using var server = new TestServer(options: new HttpServerOptions { MaxHeaderBytes = 1000 });
        using var client = await server.ConnectAsync();
        const string Start = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
        await client.SendAsync($"{Start}{new string('x', length - Start.Length - 4)}\r\n\r\n");
        Assert.Equal(status, (await client.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task A_client_that_sends_far_too_much_can_read_why_not()
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n");
        await client.SendAsync(new byte[10_000_000]);
        Assert.Equal(413, (await client.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task One_connection_more_than_the_limit_gets_503_until_another_ends()
    {
        await using var server = new TestServer(options: new HttpServerOptions { MaxConnections = 2 });
        using var first = await server.ConnectAsync();
        using (var second = await server.ConnectAsync())
        {
            await Soon.UntilAsync(
                () => server.Server.OpenConnections == 2,
                () => $"{server.Server.OpenConnections} connections are open, not 2"
            );
            using var third = await server.ConnectAsync();
            await third.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            var answer = await third.ReadAnswerAsync();
            Assert.Equal((503, "close"), (answer.Status, answer["Connection"]));
            Assert.Equal(string.Empty, await third.ReadToEndAsync());
        }

        await Soon.UntilAsync(
            () => server.Server.OpenConnections == 1,
            () => $"{server.Server.OpenConnections} connections are open, not 1"
        );
        await server.AssertAliveAsync();
        Assert.Equal(4, server.Server.Connections);
    }

    [Theory]
    [InlineData(1L << 31, 1000)]
    [InlineData(1000, 1 << 30)]
    public void A_limit_beyond_what_memory_holds_is_refused(long body, int head) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new HttpServer(new HttpServerOptions { MaxBodyBytes = body, MaxHeaderBytes = head }, new RecordedHandler())
        );

    /// <summary>Waits until a number changes no more.</summary>
    private static async Task AssertStillAsync(Func<int> number)
    {
        var (last, times) = (-1, 0);
        await Soon.UntilAsync(
            () =>
            {
                times = number() == last ? times + 1 : 0;
                last = number();
                return times == 50;
            },
            () => "it goes on"
        );
    }

    private static async ValueTask StreamForEverAsync(HttpExchange exchange)
    {
        await exchange.BeginAsync(200, []);
        while (true)
        {
            await exchange.WriteAsync(new byte[100_000]);
        }
    }

    private static async Task SendSlowlyAsync(RawClient client, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await client.SendAsync("x");
                await Task.Delay(10, stop);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It was cut off, or it is enough.
        }
    }
}
