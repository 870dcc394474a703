using System.Net;
using OpenAICassette.Http;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>What a program sends to hosts that are not captured.</summary>
public class TunnelTests
{
    private const string Answer = """{"other":true}""";

    [Fact]
    public async Task Other_hosts_are_reached_unread_and_listed_once()
    {
        using var folder = new TempFolder();
        await using var other = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        await using var session = new ProxySession(folder);
        for (var time = 0; time < 2; time++)
        {
            using var client = await session.ConnectAsync($"localhost:{other.Uri.Port}");
            await client.SendAsync("GET /x HTTP/1.1\r\nHost: localhost\r\nX-Any: 1\r\n\r\n");
            Assert.Equal(Answer, (await client.ReadAnswerAsync()).Text);
        }

        Assert.Equal(["GET /x", "GET /x"], other.Asked);
        Assert.True(other.Headers.TryDequeue(out var headers));
        Assert.Equal(["Host", "X-Any"], headers.Keys.Order(StringComparer.Ordinal));
        var seen = Assert.Single(session.Seen);
        Assert.Equal((ProxyRoute.Tunnel, null), (seen.Route, seen.Problem));
        Assert.Equal(2, Assert.Single(session.Server.Proxy!.Seen).Count);
        Assert.Equal((0, 0), (session.Server.RequestCount, folder.Files.Count));
    }

    [Fact]
    public async Task A_request_for_a_URL_of_another_host_is_passed_without_the_fields_for_the_proxy()
    {
        using var folder = new TempFolder();
        await using var other = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        await using var session = new ProxySession(folder);
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
        var url = $"http://localhost:{other.Uri.Port}/y?z=1";
        await client.SendAsync(
            $"POST {url} HTTP/1.1\r\nHost: wrong\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: Basic eA==\r\n"
                + "Authorization: Bearer 1\r\nContent-Length: 4\r\n\r\nab"
        );
        await client.SendAsync("cd");
        var answer = await client.ReadAnswerAsync();
        Assert.Equal(Answer, answer.Text);
        Assert.Equal(["POST /y?z=1 abcd"], other.Asked);
        Assert.True(other.Headers.TryDequeue(out var headers));
        Assert.Equal($"localhost:{other.Uri.Port}", headers["Host"]);
        Assert.Equal(
            ["Authorization", "Connection", "Content-Length", "Host"],
            headers.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(string.Empty, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Under_None_other_hosts_are_refused_and_named()
    {
        using var folder = new TempFolder();
        await using var session = new ProxySession(folder, RecordMode.None);
        using var client = await session.ConnectAsync("other.example:443", status: 403);
        Assert.Equal(403, (await session.AskAsync("http://other.example/a")).Status);
        Assert.Equal(
            ["other.example:443 Refuse", "other.example:80 Refuse"],
            session.Seen.Select(seen => $"{seen.Target} {seen.Route}")
        );
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_named()
    {
        using var folder = new TempFolder();
        await using var session = new ProxySession(folder);
        using var client = await session.ConnectAsync($"localhost:{Nowhere.Address.Port}", status: 502);
        Assert.Contains(session.Seen, seen =>
            seen.Problem?.StartsWith("could not be reached", StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task A_reset_of_the_host_resets_the_client()
    {
        using var folder = new TempFolder();
        await using var other = new UpstreamStub(
            (exchange, _) =>
            {
                exchange.Abort();
                return ValueTask.CompletedTask;
            }
        );
        await using var session = new ProxySession(folder);
        using var client = await session.ConnectAsync($"localhost:{other.Uri.Port}");
        await client.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await client.AssertResetAsync();
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_tunnels()
    {
        using var folder = new TempFolder();
        await using var other = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        var session = new ProxySession(folder);
        using var client = await session.ConnectAsync($"localhost:{other.Uri.Port}");
        await session.DisposeAsync();
        await Assert.ThrowsAnyAsync<IOException>(client.ReadToEndAsync);
    }
}
