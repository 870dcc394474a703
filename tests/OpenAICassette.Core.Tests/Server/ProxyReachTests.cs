using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using OpenAICassette.Http;
using OpenAICassette.Server;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>The proxy leads to the hosts it was given and to public ones, and nowhere else.</summary>
public class ProxyReachTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.1.2")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[0:0:0:0:0:ffff:a9fe:a9fe]")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("localhost.")]
    public async Task A_host_that_is_not_captured_and_not_public_is_refused_however_it_is_written(string host)
    {
        using var folder = new TempFolder();
        await using var service = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = Session(folder);
        foreach (var line in new[] { $"CONNECT {host}:{service.Uri.Port}", $"GET http://{host}:{service.Uri.Port}/x" })
        {
            using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
            await client.SendAsync($"{line} HTTP/1.1\r\nHost: api.openai.com\r\n\r\n");
            var answer = await client.ReadAnswerAsync();

            // A spelling that this system does not resolve reaches nothing either.
            Assert.True(answer.Status is 403 or 502, $"{line}: {answer.Status}");
        }

        Assert.Equal(0, service.Count);
    }

    [Fact]
    public async Task The_reason_and_the_remedy_are_named()
    {
        using var folder = new TempFolder();
        await using var session = Session(folder);
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
        await client.SendAsync("CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: 169.254.169.254:80\r\n\r\n");
        var answer = await client.ReadAnswerAsync();
        Assert.Equal(403, answer.Status);
        Assert.Contains("169.254.169.254 is not a public address", answer.ErrorMessage(), StringComparison.Ordinal);
        var seen = Assert.Single(session.Seen);
        Assert.Equal((ProxyRoute.Refuse, "169.254.169.254:80"), (seen.Route, seen.Target.ToString()));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("100.100.100.200", true)]
    [InlineData("168.63.129.16", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.0.1", true)]
    [InlineData("198.19.0.1", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("fe80::1%1", true)]
    [InlineData("fec0::1", true)]
    [InlineData("ff02::1", true)]
    [InlineData("::127.0.0.1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("64:ff9b::10.0.0.1", true)]
    [InlineData("64:ff9b::8.8.8.8", false)]
    [InlineData("2002:a9fe:a9fe::1", true)]
    [InlineData("2002:808:808::1", false)]
    [InlineData("2606:4700::1111", false)]
    public void Private_addresses_are_known_in_every_form(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, PrivateAddress.Contains(IPAddress.Parse(address)));

    [Fact]
    public async Task Inside_a_connection_neither_Host_nor_a_URL_leads_elsewhere()
    {
        using var folder = new TempFolder();
        await using var asked = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var other = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = Session(folder, asked);
        foreach (var target in new[] { "/v1/models", $"http://127.0.0.1:{other.Uri.Port}/v1/models" })
        {
            using var client = await session.ConnectAsync("api.openai.com:80");
            await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{other.Uri.Port}\r\n\r\n");
            await client.ReadAnswerAsync();
        }

        Assert.Equal(0, other.Count);
        Assert.All(asked.Headers, headers => Assert.Equal(asked.Uri.Authority, headers["Host"]));
        Assert.All(session.Server.Requests, request => Assert.Equal("api.openai.com", request.Host));
    }

    [Fact]
    public async Task The_URL_decides_and_not_Host()
    {
        using var folder = new TempFolder();
        await using var asked = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var other = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = Session(folder, asked);
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
        await client.SendAsync(
            $"GET https://api.openai.com/v1/models HTTP/1.1\r\nHost: 127.0.0.1:{other.Uri.Port}\r\n\r\n"
        );
        Assert.Equal(200, (await client.ReadAnswerAsync()).Status);
        Assert.Equal((1, 0), (asked.Count, other.Count));
    }

    [Fact]
    public async Task Another_name_in_TLS_gets_the_certificate_of_the_host_that_was_asked_for()
    {
        using var folder = new TempFolder();
        await using var session = Session(folder);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync("CONNECT api.openai.com:443 HTTP/1.1\r\nHost: api.openai.com\r\n\r\n"u8.ToArray());
        Assert.InRange(await stream.ReadAsync(new byte[512]), 1, 512);
        await using var tls = new SslStream(stream);
        var options = session.Tls("bank.example");
        await Assert.ThrowsAsync<AuthenticationException>(() => tls.AuthenticateAsClientAsync(options));
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_handed_to_the_client()
    {
        using var folder = new TempFolder();
        await using var other = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var asked = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(RenderedResponse.Create(302, [new("Location", other.Uri.ToString())], default))
        );
        await using var session = Session(folder, asked);
        Assert.Equal(302, (await session.AskAsync("https://api.openai.com/v1/chat/completions")).Status);
        Assert.Equal(0, other.Count);
    }

    [Fact]
    public async Task Fields_that_Connection_names_are_not_passed_but_those_of_the_framing_are()
    {
        using var folder = new TempFolder();
        await using var other = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = new ProxySession(folder);
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
        await client.SendAsync(
            $"POST http://localhost:{other.Uri.Port}/ HTTP/1.1\r\nHost: a\r\nX-Hop: 1\r\nX-End: 2\r\n"
                + "Connection: x-hop, content-length\r\nContent-Length: 2\r\n\r\nab"
        );
        Assert.Equal(200, (await client.ReadAnswerAsync()).Status);
        Assert.Equal(["POST / ab"], other.Asked);
        Assert.True(other.Headers.TryDequeue(out var headers));
        Assert.Equal(["Connection", "Content-Length", "Host", "X-End"], headers.Keys.Order(StringComparer.Ordinal));
    }

    private static ProxySession Session(TempFolder folder, UpstreamStub? api = null) =>
        new(
            folder,
            RecordMode.NewEpisodes,
            api is null ? null : new Dictionary<string, Uri> { ["api.openai.com"] = api.Uri },
            new ForwardProxyOptions { Authority = new() }
        );
}
