using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using OpenAICassette.Http;
using OpenAICassette.Server;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>Only who has the proxy's address, which contains a token, can use it.</summary>
public class ProxyOwnerTests
{
    private const string Chat = "/v1/chat/completions";
    private static readonly ProxyToken s_token = new();

    public static TheoryData<string?> Wrong =>
        [
            null,
            string.Empty,
            "Basic",
            "Basic ",
            "Basic =",
            $"Bearer {s_token.Value}",
            $"Basic {s_token.Value}",
            Basic($"cassette:{s_token.Value[..^1]}"),
            Basic($"cassette:{s_token.Value}x"),
            Basic($"Cassette:{s_token.Value}"),
            Basic(s_token.Value),
            Basic($"cassette:{new ProxyToken().Value}"),
        ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Without_the_token_nothing_is_captured_tunnelled_or_read(string? authorization)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = Session(folder, upstream);
        var field = authorization is null ? string.Empty : $"Proxy-Authorization: {authorization}\r\n";
        string[] lines =
        [
            "CONNECT api.openai.com:443",
            $"CONNECT localhost:{upstream.Uri.Port}",
            $"POST https://api.openai.com{Chat}",
            $"GET http://localhost:{upstream.Uri.Port}/",
        ];
        foreach (var line in lines)
        {
            using var client = await ConnectAsync(session);
            await client.SendAsync($"{line} HTTP/1.1\r\nHost: localhost\r\n{field}\r\n");
            var answer = await client.ReadAnswerAsync();
            Assert.Equal(407, answer.Status);
            Assert.Equal("Basic realm=\"cassette\"", answer["Proxy-Authenticate"]);
            Assert.NotNull(answer["Date"]);
        }

        Assert.Equal((0, 0), (upstream.Count, session.Server.RequestCount));
        Assert.Empty(session.Seen);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/__cassette/requests")]
    [InlineData("/healthz")]
    [InlineData("/")]
    [InlineData("/TOKEN")]
    [InlineData("/TOKENx/healthz")]
    [InlineData("//TOKEN/healthz")]
    public async Task A_server_for_one_program_answers_no_other(string path)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = Session(folder, upstream);
        using var client = await ConnectAsync(session);
        var sent = path.Replace("TOKEN", s_token.Value, StringComparison.Ordinal);
        await client.SendAsync($"GET {sent} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(403, (await client.ReadAnswerAsync()).Status);
        Assert.Equal(0, upstream.Count);
    }

    [Fact]
    public async Task The_program_reaches_its_server_through_the_token_and_links_lead_back_through_it()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(JsonAnswer("""{"next":"https://api.openai.com/v1/files?after=1"}"""))
        );
        await using var session = Session(folder, upstream);
        using var client = await ConnectAsync(session);
        var path = $"/{s_token.Value}/v1/files";
        await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost:{session.Server.Port}\r\n\r\n");
        var answer = await client.ReadAnswerAsync();
        Assert.Equal(200, answer.Status);
        Assert.Contains($"http://localhost:{session.Server.Port}{path}?after=1", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["GET /v1/files"], upstream.Asked);
        Assert.Equal("/v1/files", session.Server.Requests[^1].Path);
        Assert.DoesNotContain(
            s_token.Value,
            File.ReadAllText(folder[Assert.Single(folder.Files)]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_client_with_the_address_is_captured_and_the_token_is_neither_forwarded_nor_recorded()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = Session(folder, upstream);
        using var client = await ConnectAsync(session);
        await client.SendAsync(
            $"POST https://api.openai.com{Chat} HTTP/1.1\r\nHost: api.openai.com\r\nContent-Length: 2\r\n"
                + $"Proxy-Authorization: {Basic($"cassette:{s_token.Value}")}\r\n\r\n{{}}"
        );
        Assert.Equal(200, (await client.ReadAnswerAsync()).Status);
        Assert.True(upstream.Headers.TryDequeue(out var headers));
        Assert.DoesNotContain("Proxy-Authorization", headers.Keys);
        Assert.DoesNotContain(
            s_token.Value,
            File.ReadAllText(folder[Assert.Single(folder.Files)]),
            StringComparison.Ordinal
        );
        using var connected = await ConnectAsync(session);
        await connected.SendAsync(
            "CONNECT api.openai.com:80 HTTP/1.1\r\nHost: api.openai.com:80\r\n"
                + $"Proxy-Authorization: basic {Basic($"cassette:{s_token.Value}")[6..]}\r\n\r\n"
        );
        var answer = await connected.ReadAnswerAsync(toHead: true);
        Assert.Equal(200, answer.Status);
        Assert.NotNull(answer["Date"]);
    }

    [Fact]
    public void Each_token_is_another_and_is_a_part_of_the_address()
    {
        var token = new ProxyToken();
        Assert.NotEqual(s_token.Value, token.Value);
        Assert.InRange(token.Value.Length, 32, 100);
        Assert.Equal(
            $"http://cassette:{token.Value}@127.0.0.1:8080/",
            token.In(new Uri("http://127.0.0.1:8080/")).ToString()
        );
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = Session(folder, upstream);
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        var own = listeners.Where(listener => listener.Port == session.Server.Port).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, listener => Assert.True(IPAddress.IsLoopback(listener.Address), $"{listener}"));
    }

    private static ProxySession Session(TempFolder folder, UpstreamStub upstream) =>
        new(
            folder,
            RecordMode.NewEpisodes,
            new Dictionary<string, Uri> { ["api.openai.com"] = upstream.Uri },
            new ForwardProxyOptions
            {
                Authority = new(),
                Token = s_token,
                IsPrivate = true,
                AllowPrivateNetwork = true,
            }
        );

    private static Task<RawClient> ConnectAsync(ProxySession session) =>
        RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));

    private static string Basic(string text) => $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(text))}";
}
