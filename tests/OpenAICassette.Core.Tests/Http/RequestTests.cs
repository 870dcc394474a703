using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class RequestTests
{
    [Fact]
    public async Task The_handler_sees_the_request_as_sent()
    {
        await AskAsync(
            "POST /v1/chat%20x?a=%41&b HTTP/1.1\r\nHost: localhost\r\nX-B:  two words \r\nx-a:\r\nX-b: \xE9\r\nContent-Length: 2\r\n\r\n{}",
            exchange =>
            {
                Assert.Equal("POST", exchange.Method);
                Assert.Equal("/v1/chat%20x?a=%41&b", exchange.Target);
                Assert.Equal("/v1/chat%20x", exchange.Path);
                Assert.Equal("a=%41&b", exchange.Query);
                Assert.Equal(
                    [
                        new("Host", "localhost"),
                        new("X-B", "two words"),
                        new("x-a", ""),
                        new("X-b", "é"),
                        new("Content-Length", "2"),
                    ],
                    exchange.Headers
                );
                Assert.Equal("two words, é", exchange.Headers["x-B"]);
                Assert.Equal("two words"u8, exchange.Headers.Bytes("X-B"));
                Assert.Equal(string.Empty, exchange.Headers["X-A"]);
                Assert.True(exchange.Headers.Contains("X-A"));
                Assert.Null(exchange.Headers["X-C"]);
                Assert.False(exchange.Headers.Contains("X"));
                Assert.Equal("{}"u8, exchange.Body.Span);
            }
        );
    }

    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("//a", "//a", "")]
    [InlineData("/?", "/", "")]
    [InlineData("/a?b?c", "/a", "b?c")]
    [InlineData("http://localhost", "/", "")]
    [InlineData("http://localhost?a", "/", "a")]
    [InlineData("HTTP://LOCALHOST:1/a/b?c=http://d", "/a/b", "c=http://d")]
    [InlineData("http://[::1]/a", "/a", "")]
    public Task A_target_is_a_path_or_a_URL(string target, string path, string query) =>
        AskAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n", exchange =>
        {
            Assert.Equal(target, exchange.Target);
            Assert.Equal(path, exchange.Path);
            Assert.Equal(query, exchange.Query);
        });

    [Theory]
    [InlineData("OPTIONS * HTTP/1.1", "OPTIONS *")]
    [InlineData("DELETE /a HTTP/1.1", "DELETE /a")]
    [InlineData("QUERY /a HTTP/1.1", "QUERY /a")]
    [InlineData("get /a HTTP/1.1", "get /a")]
    [InlineData("GET /a HTTP/1.2", "GET /a")]
    public async Task Any_method_reaches_the_handler(string line, string asked)
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync($"{line}\r\nHost: localhost\r\n\r\n");
        Assert.Equal(asked, (await client.ReadAnswerAsync()).Text);
    }

    [Fact]
    public async Task The_next_request_of_a_connection_shows_nothing_of_the_one_before()
    {
        var seen = new List<string>();
        await using var server = new TestServer(exchange =>
        {
            seen.Add(
                $"{exchange.Target} {exchange.Query} {exchange.Headers.Count} {exchange.Headers["X"]} {exchange.Body.Length}"
            );
            return exchange.SendAsync(RecordedHandler.Text("ok"));
        });
        using var client = await server.ConnectAsync();
        foreach (
            var request in new[]
            {
                "POST /a?b HTTP/1.1\r\nHost: localhost\r\nX: y\r\nContent-Length: 3\r\n\r\nabc",
                "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a?b HTTP/1.1\r\nHost: localhost\r\nX: z\r\n\r\n",
            }
        )
        {
            await client.SendAsync(request);
            await client.ReadAnswerAsync();
        }

        Assert.Equal(["/a?b b 3 y 3", "/a  1  0", "/a?b b 2 z 0"], seen);
    }

    [Theory]
    [InlineData("HTTP/1.1", "", null, true)]
    [InlineData("HTTP/1.1", "Connection: close\r\n", "close", false)]
    [InlineData("HTTP/1.1", "Connection: x, CLOSE\r\n", "close", false)]
    [InlineData("HTTP/1.1", "Connection: keep-alive\r\n", null, true)]
    [InlineData("HTTP/1.1", "Connection: x\r\nConnection: close\r\n", "close", false)]
    [InlineData("HTTP/1.1", "Connection: closed\r\n", null, true)]
    [InlineData("HTTP/1.0", "", "close", false)]
    [InlineData("HTTP/1.0", "Connection: Keep-Alive\r\n", "keep-alive", true)]
    [InlineData("HTTP/1.0", "Connection: keep-alive, close\r\n", "close", false)]
    public async Task The_connection_goes_on_as_the_client_wishes(
        string version,
        string fields,
        string? connection,
        bool goesOn
    )
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync($"GET / {version}\r\nHost: localhost\r\n{fields}\r\n");
        Assert.Equal(connection, (await client.ReadAnswerAsync())["Connection"]);
        if (!goesOn)
        {
            Assert.Equal(string.Empty, await client.ReadToEndAsync());
            return;
        }

        await client.SendAsync("GET /again HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal("GET /again", (await client.ReadAnswerAsync()).Text);
    }

    [Fact]
    public async Task An_old_client_needs_no_host()
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync("GET /old HTTP/1.0\r\n\r\n");
        Assert.Equal("GET /old", (await client.ReadAnswerAsync()).Text);
    }

    [Fact]
    public async Task A_client_that_has_shut_down_its_sending_side_gets_its_answers()
    {
        await using var server = new TestServer(async exchange =>
        {
            if (exchange.Path == "/slow")
            {
                await Task.Delay(50, exchange.Aborted);
            }

            await exchange.SendAsync(RecordedHandler.Text(exchange.Path));
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(
            "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\nGET /b HTTP/1.1\r\nHost: localhost\r\n\r\n"
        );
        client.FinishSending();
        Assert.Equal("/slow", (await client.ReadAnswerAsync()).Text);
        Assert.Equal("/b", (await client.ReadAnswerAsync()).Text);
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        await server.AssertAllClosedAsync();
    }

    private static async Task AskAsync(string request, Action<HttpExchange> check)
    {
        Exception? failure = null;
        await using var server = new TestServer(exchange =>
        {
            failure = Record.Exception(() => check(exchange));
            return exchange.SendAsync(RecordedHandler.Text("checked"));
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(request);
        Assert.Equal("checked", (await client.ReadAnswerAsync()).Text);
        Assert.Null(failure);
    }
}
