using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

public class MalformedRequestTests
{
    public static IEnumerable<object[]> All =>
        MalformedRequest.All.Select(row => new object[] { row.Status, row.Request });

    /// <summary>A head of forty thousand bytes in as many packets says no more than one of a hundred.</summary>
    public static IEnumerable<object[]> Short =>
        MalformedRequest
            .All.Where(row => row.Request.Length < 3000)
            .Select(row => new object[] { row.Status, row.Request });

    [Theory]
    [MemberData(nameof(All))]
    public async Task Gets_its_status_and_the_end_of_the_connection(int status, string request)
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync(Regex.Unescape(request));
        var answer = await client.ReadAnswerAsync();
        Assert.Equal(status, answer.Status);
        Assert.Equal("close", answer["Connection"]);
        Assert.Equal("application/json", answer["Content-Type"]);
        Assert.NotEmpty(answer.ErrorMessage());
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        Assert.Empty(server.Handler.Asked);
        client.Dispose();
        await server.AssertAllClosedAsync();
        await server.AssertAliveAsync();
    }

    [Theory]
    [MemberData(nameof(Short))]
    public async Task Gets_the_same_byte_by_byte(int status, string request)
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        try
        {
            foreach (var letter in Regex.Unescape(request))
            {
                await client.SendAsync(letter.ToString());
            }
        }
        catch (IOException)
        {
            // The answer came before the end of the request, and the rest was not waited for.
        }

        var answer = await client.ReadAnswerAsync();
        Assert.Equal(status, answer.Status);
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        Assert.Empty(server.Handler.Asked);
    }

    [Fact]
    public void There_are_more_than_a_hundred_of_them() =>
        Assert.InRange(MalformedRequest.All.Distinct().Count(), 100, 1000);

    [Theory]
    [InlineData("GET / HT")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhell")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n")]
    public async Task A_request_that_ends_in_the_middle_gets_400(string request)
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync(request);
        client.FinishSending();
        Assert.Equal(400, (await client.ReadAnswerAsync()).Status);
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        Assert.Empty(server.Handler.Asked);
    }

    [Fact]
    public async Task What_stands_before_it_is_answered_and_what_stands_after_it_is_not()
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync(
            "GET /before HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n\r\nGET /after HTTP/1.1\r\nHost: localhost\r\n\r\n"
        );
        Assert.Equal(200, (await client.ReadAnswerAsync()).Status);
        Assert.Equal(400, (await client.ReadAnswerAsync()).Status);
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
        Assert.Equal(["GET /before"], server.Handler.Asked);
    }
}
