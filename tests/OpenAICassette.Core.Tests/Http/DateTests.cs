using System.Globalization;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

/// <summary>Every answer says when it was made (RFC 9110, section 6.6.1).</summary>
public class DateTests
{
    private const string Get = " HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Theory]
    [InlineData("GET /short")]
    [InlineData("GET /long")]
    [InlineData("GET /stream")]
    [InlineData("HEAD /short")]
    [InlineData("GET bad")]
    public async Task An_answer_has_the_date(string request)
    {
        await using var server = new TestServer(AnswerAsync);
        using var client = await server.ConnectAsync();
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        await client.SendAsync(request + Get);
        var answer = await client.ReadAnswerAsync(toHead: request.StartsWith("HEAD", StringComparison.Ordinal));
        Assert.InRange(
            DateTimeOffset.ParseExact(answer["Date"]!, "R", CultureInfo.InvariantCulture),
            before,
            DateTimeOffset.UtcNow.AddSeconds(1)
        );
    }

    [Fact]
    public async Task An_answer_that_has_a_date_keeps_it_and_gets_no_other()
    {
        const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";
        await using var server = new TestServer(exchange =>
            exchange.SendAsync(RenderedResponse.Create(200, [new("date", Date)], default))
        );
        using var client = await server.ConnectAsync();
        await client.SendAsync("GET /" + Get);
        Assert.Equal(Date, (await client.ReadAnswerAsync())["Date"]);
    }

    [Fact]
    public async Task A_long_answer_is_whole()
    {
        await using var server = new TestServer(AnswerAsync);
        using var client = await server.ConnectAsync();
        await client.SendAsync("GET /long" + Get + "GET /short" + Get);
        Assert.Equal(new string('x', 1 << 20), (await client.ReadAnswerAsync()).Text);
        Assert.Equal("x", (await client.ReadAnswerAsync()).Text);
    }

    private static ValueTask AnswerAsync(HttpExchange exchange) =>
        exchange.Path switch
        {
            "/stream" => exchange.BeginAsync(200, []),
            "/long" => exchange.SendAsync(RecordedHandler.Text(new string('x', 1 << 20))),
            _ => exchange.SendAsync(RecordedHandler.Text("x")),
        };
}
