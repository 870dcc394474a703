using OpenAICassette.Http;

namespace OpenAICassette.Tests;

/// <summary>A running server on a free port of the loopback address, and the requests its handler received.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public TestServer(Func<HttpExchange, ValueTask>? answer = null, HttpServerOptions? options = null)
    {
        Handler = new RecordedHandler(answer);
        Server = new HttpServer(options ?? new HttpServerOptions(), Handler);
        Server.Start();
    }

    public HttpServer Server { get; }

    public RecordedHandler Handler { get; }

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Server.EndPoint);

    /// <summary>Waits until no connection is open.</summary>
    public Task AssertAllClosedAsync() =>
        Soon.UntilAsync(
            () => Server.OpenConnections == 0,
            () => $"{Server.OpenConnections} connections are still open"
        );

    /// <summary>Checks that the server answers a request on a new connection.</summary>
    public async Task AssertAliveAsync()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("GET /alive HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, (await client.ReadAnswerAsync()).Status);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
