using System.Text;
using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

/// <summary>Clients that come and go as they like: nothing of them stays.</summary>
public class LeaveTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Fact]
    public async Task A_handler_that_waits_is_told_when_the_client_resets_the_connection()
    {
        var told = new TaskCompletionSource();
        await using var server = new TestServer(exchange => WaitForAsync(told, exchange.Aborted));
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await Soon.UntilAsync(() => !server.Handler.Asked.IsEmpty, () => "no request arrived");
        client.Reset();
        await told.Task.WaitAsync(TestServer.Long);
        await server.AssertAllClosedAsync();
    }

    [Fact]
    public async Task A_handler_that_waits_is_told_when_the_client_finishes_which_is_no_abort()
    {
        var told = new TaskCompletionSource();
        var wasAborted = false;
        await using var server = new TestServer(async exchange =>
        {
            await WaitForAsync(told, exchange.Finished);
            wasAborted = exchange.Aborted.IsCancellationRequested;
            await exchange.SendAsync(RecordedHandler.Text("still here"));
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await Soon.UntilAsync(() => !server.Handler.Asked.IsEmpty, () => "no request arrived");
        client.FinishSending();
        await told.Task.WaitAsync(TestServer.Long);
        Assert.Equal("still here", (await client.ReadAnswerAsync()).Text);
        Assert.False(wasAborted);
    }

    [Fact]
    public async Task A_stream_to_a_client_that_has_left_ends_with_an_exception_that_says_so()
    {
        var thrown = new TaskCompletionSource<Exception>();
        await using var server = new TestServer(async exchange =>
        {
            try
            {
                await exchange.BeginAsync(200, []);
                while (true)
                {
                    await exchange.WriteAsync("data"u8.ToArray());
                    await Task.Delay(1, CancellationToken.None);
                }
            }
            catch (Exception e)
            {
                Assert.True(exchange.Aborted.IsCancellationRequested);
                thrown.SetResult(e);
                throw;
            }
        });
        var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await client.ReadAnswerAsync(toHead: true);
        client.Dispose();
        Assert.IsAssignableFrom<OperationCanceledException>(await thrown.Task.WaitAsync(TestServer.Long));
        await server.AssertAllClosedAsync();
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("GET / HT", false)]
    [InlineData("GET / HT", true)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nabc", false)]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nabc", true)]
    [InlineData(Get, false)]
    [InlineData(Get + Get + Get, true)]
    [InlineData("nonsense\r\n\r\n", true)]
    public async Task Storms_of_clients_that_drop_leave_nothing_behind(string request, bool isReset)
    {
        const int Count = 500;
        await using var server = new TestServer(exchange =>
            exchange.SendAsync(RecordedHandler.Text(new string('x', 100_000)))
        );
        await Parallel.ForAsync(0, Count, async (_, _) =>
        {
            using var client = await server.ConnectAsync();
            await client.SendAsync(request);
            if (isReset)
            {
                client.Reset();
            }
        });
        await Soon.UntilAsync(
            () => server.Server.Connections == Count,
            () => $"{server.Server.Connections} of {Count} connections were seen"
        );
        await server.AssertAllClosedAsync();
        await server.AssertAliveAsync();
    }

    [Fact]
    public async Task Thousands_of_connections_one_after_the_other_are_all_answered_and_closed()
    {
        const int Count = 4000;
        await using var server = new TestServer();
        await Parallel.ForAsync(0, Count, async (i, _) =>
        {
            using var client = await server.ConnectAsync();
            await client.SendAsync($"GET /{i} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Assert.Equal($"GET /{i}", (await client.ReadAnswerAsync()).Text);
        });
        await server.AssertAllClosedAsync();
        Assert.Equal(Count, server.Server.Connections);
    }

    [Fact]
    public async Task A_thousand_connections_at_once_are_all_served()
    {
        const int Count = 1000;
        await using var server = new TestServer();
        var clients = new List<RawClient>();
        try
        {
            for (var i = 0; i < Count; i++)
            {
                clients.Add(await server.ConnectAsync());
                await clients[i].SendAsync("GET /a HTTP/1.1\r\nHo");
            }

            await Soon.UntilAsync(
                () => server.Server.OpenConnections == Count,
                () => $"{server.Server.OpenConnections} of {Count} are open"
            );
            foreach (var client in clients)
            {
                await client.SendAsync("st: localhost\r\n\r\n");
                Assert.Equal("GET /a", (await client.ReadAnswerAsync()).Text);
            }
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        await server.AssertAllClosedAsync();
    }

    [Fact]
    public async Task Noise_never_brings_the_server_down()
    {
        var random = new Random(4);
        await using var server = new TestServer();
        var samples = MalformedRequest
            .All.Where(row => row.Request.Length < 3000)
            .Select(row => Regex.Unescape(row.Request))
            .Append(Get)
            .ToArray();
        for (var round = 0; round < 1000; round++)
        {
            var bytes = Encoding.Latin1.GetBytes(
                samples[random.Next(samples.Length)] + samples[random.Next(samples.Length)]
            );
            for (var changes = random.Next(4); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using var client = await server.ConnectAsync();
            await client.SendAsync(bytes);
            client.FinishSending();
            var answers = await client.ReadToEndAsync();
            Assert.True(answers.Length == 0 || answers.StartsWith("HTTP/1.1 ", StringComparison.Ordinal));
            Assert.DoesNotContain("HTTP/1.1 500", answers, StringComparison.Ordinal);
        }

        await server.AssertAllClosedAsync();
        await server.AssertAliveAsync();
    }

    private static async ValueTask WaitForAsync(TaskCompletionSource told, CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
        told.SetResult();
    }
}
