using System.Net.Sockets;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class StopTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Fact]
    public async Task A_stream_that_is_told_of_the_stop_ends_properly()
    {
        await using var server = new TestServer(StreamUntilStoppedAsync);
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await client.ReadAnswerAsync(toHead: true);
        Assert.Equal("first"u8.ToArray(), await client.ReadChunkAsync());
        var stopping = server.Server.StopAsync(TestServer.Long);
        Assert.Equal("last"u8.ToArray(), await client.ReadChunkAsync());
        Assert.Empty(await client.ReadChunkAsync());
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        await stopping;
        Assert.Equal(0, server.Server.OpenConnections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_is_cancelled_by_the_stop_leaves_no_broken_answer(bool isStreamed)
    {
        await using var server = new TestServer(async exchange =>
        {
            if (isStreamed)
            {
                await exchange.BeginAsync(200, []);
            }

            await Task.Delay(Timeout.Infinite, exchange.Stopping);
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await Soon.UntilAsync(() => !server.Handler.Asked.IsEmpty, () => "no request arrived");
        var stopping = server.Server.StopAsync(TestServer.Long);
        Assert.Equal(isStreamed ? 200 : 503, (await client.ReadAnswerAsync()).Status);
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        await stopping;
    }

    [Fact]
    public async Task A_request_under_way_is_answered_and_the_connection_then_closed()
    {
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var server = new TestServer(async exchange =>
        {
            asked.SetResult();
            await go.Task;
            await exchange.SendAsync(RecordedHandler.Text("done"));
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await asked.Task.WaitAsync(TestServer.Long);
        var stopping = server.Server.StopAsync(TestServer.Long);
        go.SetResult();
        var answer = await client.ReadAnswerAsync();
        Assert.Equal(("done", "close"), (answer.Text, answer["Connection"]));
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        await stopping;
    }

    [Fact]
    public async Task Idle_connections_are_closed_at_once()
    {
        await using var server = new TestServer();
        using var fresh = await server.ConnectAsync();
        using var used = await server.ConnectAsync();
        await used.SendAsync(Get);
        await used.ReadAnswerAsync();
        await Soon.UntilAsync(
            () => server.Server.OpenConnections == 2,
            () => $"{server.Server.OpenConnections} connections are open, not 2"
        );
        await server.Server.StopAsync(TimeSpan.FromHours(1)).AsTask().WaitAsync(TestServer.Long);
        Assert.Equal(0, server.Server.OpenConnections);
        Assert.Equal(string.Empty, await fresh.ReadToEndAsync());
        Assert.Equal(string.Empty, await used.ReadToEndAsync());
    }

    [Fact]
    public async Task A_stream_that_does_not_listen_is_cut_off_after_the_grace()
    {
        var aborted = new TaskCompletionSource();
        await using var server = new TestServer(async exchange =>
        {
            exchange.Aborted.Register(aborted.SetResult);
            await exchange.BeginAsync(200, []);
            await aborted.Task;
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get);
        await client.ReadAnswerAsync(toHead: true);
        await server.Server.StopAsync(TimeSpan.FromMilliseconds(50)).AsTask().WaitAsync(TestServer.Long);
        await aborted.Task.WaitAsync(TestServer.Long);
        await client.AssertResetAsync();
        await server.AssertAllClosedAsync();
    }

    [Fact]
    public async Task Nobody_can_connect_any_more()
    {
        var server = new TestServer();
        await server.AssertAliveAsync();
        await server.DisposeAsync();
        await server.DisposeAsync();
        await Assert.ThrowsAsync<SocketException>(server.ConnectAsync);
    }

    [Fact]
    public async Task The_port_is_free_again_at_once()
    {
        await using var server = new TestServer();
        await server.AssertAliveAsync();
        await server.DisposeAsync();
        await using var second = new HttpServer(
            new HttpServerOptions { Port = server.Server.EndPoint.Port },
            server.Handler
        );
        second.Start();
        Assert.Equal(server.Server.EndPoint, second.EndPoint);
    }

    [Fact]
    public async Task A_server_that_was_never_started_can_be_disposed()
    {
        var server = new HttpServer(new HttpServerOptions(), new RecordedHandler());
        await server.DisposeAsync();
        Assert.Equal(0, server.OpenConnections);
    }

    private static async ValueTask StreamUntilStoppedAsync(HttpExchange exchange)
    {
        await exchange.BeginAsync(200, []);
        await exchange.WriteAsync("first"u8.ToArray());
        var stopped = new TaskCompletionSource();
        using var registration = exchange.Stopping.Register(stopped.SetResult);
        await stopped.Task;
        await exchange.WriteAsync("last"u8.ToArray());
        await exchange.EndAsync();
    }
}
