using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class CrossOriginTests
{
    private const string Preflight =
        "OPTIONS /v1/chat HTTP/1.1\r\nHost: localhost\r\nOrigin: http://app.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization,content-type\r\n\r\n";
    private const string Get = "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://app.example\r\n\r\n";

    [Fact]
    public async Task Without_an_origin_nothing_is_said_and_the_handler_is_asked()
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync(Preflight + Get);
        Assert.DoesNotContain((await client.ReadAnswerAsync()).Headers, IsCrossOrigin);
        Assert.DoesNotContain((await client.ReadAnswerAsync()).Headers, IsCrossOrigin);
        Assert.Equal(["OPTIONS /v1/chat", "GET /"], server.Handler.Asked);
    }

    [Theory]
    [InlineData("*", null)]
    [InlineData("http://app.example", "Origin")]
    public async Task With_an_origin_a_browser_gets_leave_and_may_read_the_answers(string origin, string? vary)
    {
        await using var server = new TestServer(options: new HttpServerOptions { AllowOrigin = origin });
        using var client = await server.ConnectAsync();
        await client.SendAsync(Preflight + Get);
        var leave = await client.ReadAnswerAsync();
        Assert.Equal((204, origin, vary), (leave.Status, leave["Access-Control-Allow-Origin"], leave["Vary"]));
        Assert.Equal("POST", leave["Access-Control-Allow-Methods"]);
        Assert.Equal("authorization,content-type", leave["Access-Control-Allow-Headers"]);
        var answer = await client.ReadAnswerAsync();
        Assert.Equal(
            (200, origin, vary, "GET /"),
            (answer.Status, answer["Access-Control-Allow-Origin"], answer["Vary"], answer.Text)
        );
        Assert.Equal(["GET /"], server.Handler.Asked);
    }

    [Fact]
    public async Task Streams_and_the_server_s_own_errors_may_be_read_too()
    {
        await using var server = new TestServer(
            exchange => exchange.BeginAsync(200, [new("access-control-allow-origin", "recorded")]),
            new HttpServerOptions { AllowOrigin = "*" }
        );
        using var client = await server.ConnectAsync();
        await client.SendAsync(Get + "GET / HTTP/1.1\r\n\r\n");
        Assert.Equal("*", (await client.ReadAnswerAsync())["Access-Control-Allow-Origin"]);
        var error = await client.ReadAnswerAsync();
        Assert.Equal((400, "*"), (error.Status, error["Access-Control-Allow-Origin"]));
    }

    [Fact]
    public async Task An_OPTIONS_request_of_no_browser_is_for_the_handler()
    {
        await using var server = new TestServer(options: new HttpServerOptions { AllowOrigin = "*" });
        using var client = await server.ConnectAsync();
        await client.SendAsync("OPTIONS /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal("OPTIONS /a", (await client.ReadAnswerAsync()).Text);
    }

    [Fact]
    public void An_origin_that_would_break_the_head_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            new HttpServer(new HttpServerOptions { AllowOrigin = "a\r\nb" }, new RecordedHandler())
        );

    private static bool IsCrossOrigin(KeyValuePair<string, string> header) =>
        header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase);
}
