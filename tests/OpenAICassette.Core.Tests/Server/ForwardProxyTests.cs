using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OpenAICassette.Server;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>Programs that use the server as their proxy are answered in the place of the hosts that they name.</summary>
public class ForwardProxyTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions?a=1")]
    [InlineData("https://api.openai.com:8443/v1/chat/completions")]
    [InlineData("http://api.openai.com/v1/chat/completions")]
    public async Task A_host_is_recorded_through_a_stand_in_and_replayed_without_it(string url)
    {
        using var folder = new TempFolder();
        await using (var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat))))
        {
            await using var recorder = new ProxySession(folder, hosts: StandIn("api.openai.com", upstream.Uri));
            Assert.Equal((200, Chat), await recorder.AskAsync(url));
            Assert.Equal(RequestOutcome.Recorded, recorder.Server.Requests[^1].Outcome);
            Assert.Equal(new Uri(url).Authority, recorder.Server.Requests[^1].Host);
            Assert.Single(upstream.Asked);
        }

        await using var replay = new ProxySession(folder, RecordMode.None);
        var (status, body) = await replay.AskAsync(url);
        Assert.Equal(200, status);
        RecordingSession.AssertSame(Chat, body);
        Assert.Empty(replay.Seen);
        Assert.Equal(404, (await replay.AskAsync("https://api.mistral.ai/v1/chat/completions")).Status);
        Assert.Contains("host api.mistral.ai", replay.Server.Requests[^1].Miss!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_sends_the_proxy_a_URL_with_https_is_answered_too()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var session = new ProxySession(folder, hosts: StandIn("api.openai.com", upstream.Uri));
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
        await client.SendAsync(
            "POST https://api.openai.com/v1/chat/completions?a=1 HTTP/1.1\r\nHost: api.openai.com\r\n"
                + $"Proxy-Connection: keep-alive\r\nContent-Length: {RecordingSession.Hello.Length}\r\n\r\n{RecordingSession.Hello}"
        );
        Assert.Equal(200, (await client.ReadAnswerAsync()).Status);
        Assert.StartsWith("POST /v1/chat/completions?a=1", Assert.Single(upstream.Asked), StringComparison.Ordinal);
        Assert.True(upstream.Headers.TryDequeue(out var headers));
        Assert.DoesNotContain("Proxy-Connection", headers.Keys);
        var url = CassetteStore.Open(folder[Assert.Single(folder.Files)]).Interactions[0].Url;
        Assert.StartsWith("https://api.openai.com/", url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_carries_many_requests_and_large_bodies_both_ways()
    {
        var large = new string('x', 3_000_000);
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) => exchange.SendAsync(JsonAnswer($$"""{"n":{{number}},"text":"{{large}}"}"""))
        );
        await using var session = new ProxySession(folder, hosts: StandIn("api.openai.com", upstream.Uri));
        using var client = session.Client();
        for (var number = 1; number <= 3; number++)
        {
            using var content = new StringContent($$"""{"input":"{{large}}{{number}}"}""");
            using var answer = await client.PostAsync(new Uri("https://api.openai.com/v1/responses"), content);
            Assert.Equal($$"""{"n":{{number}},"text":"{{large}}"}""", await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(3, folder.Files.Count);
    }

    [Fact]
    public async Task A_stream_that_is_cut_off_is_cut_off_for_the_client()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, "He");
                exchange.Abort();
            }
        );
        await using var session = new ProxySession(folder, hosts: StandIn("api.openai.com", upstream.Uri));
        await Assert.ThrowsAnyAsync<Exception>(() =>
            session.AskAsync("https://api.openai.com/v1/chat/completions", RecordingSession.HelloStream)
        );
        Assert.Equal(RequestOutcome.Failed, session.Server.Requests[^1].Outcome);
    }

    [Fact]
    public async Task The_certificate_is_for_exactly_the_host_and_HTTP_1_1_is_what_is_offered()
    {
        using var folder = new TempFolder();
        await using var session = new ProxySession(folder);
        await using var tls = await session.SpeakTlsAsync(
            "api.anthropic.com",
            SslApplicationProtocol.Http2,
            SslApplicationProtocol.Http11
        );
        Assert.Equal(SslApplicationProtocol.Http11, tls.NegotiatedApplicationProtocol);
        var names = ((X509Certificate2)tls.RemoteCertificate!)
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .Single();
        Assert.Equal(["api.anthropic.com"], names.EnumerateDnsNames());
        Assert.Empty(names.EnumerateIPAddresses());
    }

    [Fact]
    public async Task A_client_that_accepts_only_HTTP_2_is_named()
    {
        using var folder = new TempFolder();
        await using var session = new ProxySession(folder);
        await Assert.ThrowsAnyAsync<Exception>(() =>
            session.SpeakTlsAsync("api.openai.com", SslApplicationProtocol.Http2)
        );
        var seen = await SeenAsync(session);
        Assert.Equal("api.openai.com:443", seen.Target.ToString());
        Assert.Contains("HTTP/2", seen.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_does_not_trust_the_certificate_is_named()
    {
        using var folder = new TempFolder();
        await using var session = new ProxySession(folder);
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(session.Server.Uri) });
        var error = await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetStringAsync(new Uri("https://api.openai.com/v1/models"))
        );
        Assert.IsType<AuthenticationException>(error.InnerException);
        Assert.Contains("may not trust the certificate", (await SeenAsync(session)).Problem, StringComparison.Ordinal);
        Assert.Equal(0, session.Server.RequestCount);
    }

    [Fact]
    public async Task A_pattern_captures_more_hosts()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using (var recorder = new ProxySession(folder, hosts: StandIn("a.corp.example", upstream.Uri)))
        {
            Assert.Equal(200, (await recorder.AskAsync("https://a.corp.example/v1/chat/completions")).Status);
        }

        await using var session = new ProxySession(folder, RecordMode.None, hosts: null, "*.corp.example");
        Assert.Equal(200, (await session.AskAsync("https://a.corp.example/v1/chat/completions")).Status);
        Assert.Equal(404, (await session.AskAsync("https://b.corp.example/v1/chat/completions")).Status);
        Assert.Equal(403, (await session.AskAsync("http://c.other.example/v1/chat/completions")).Status);
    }

    [Fact]
    public void A_proxy_listens_only_on_a_loopback_address()
    {
        using var authority = new CertificateAuthority();
        var error = Assert.Throws<ArgumentException>(() =>
            CassetteServer.Start(
                Array.Empty<Cassette>(),
                new CassetteServerOptions
                {
                    ListenAddress = IPAddress.Any,
                    Proxy = new ForwardProxyOptions { Authority = authority },
                }
            )
        );
        Assert.Contains("loopback", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT api.openai.com HTTP/1.1", 400)]
    [InlineData("CONNECT api.openai.com: HTTP/1.1", 400)]
    [InlineData("CONNECT api.openai.com:0 HTTP/1.1", 400)]
    [InlineData("CONNECT api.openai.com:65536 HTTP/1.1", 400)]
    [InlineData("CONNECT https://api.openai.com/ HTTP/1.1", 400)]
    [InlineData("CONNECT / HTTP/1.1", 400)]
    [InlineData("GET ftp://api.openai.com/ HTTP/1.1", 400)]
    [InlineData("GET http://a b/ HTTP/1.1", 400)]
    [InlineData("GET / HTTP/1.1", 421)]
    public async Task What_names_no_host_is_refused(string line, int status)
    {
        using var folder = new TempFolder();
        await using var session = new ProxySession(folder);
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
        await client.SendAsync($"{line}\r\nHost: api.openai.com\r\n\r\n");
        Assert.Equal(status, (await client.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task Inside_a_connection_for_a_host_no_other_host_is_reached()
    {
        using var folder = new TempFolder();
        await using var session = new ProxySession(folder);
        using var client = await session.ConnectAsync("api.openai.com:80");
        await client.SendAsync("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n");
        Assert.Equal(501, (await client.ReadAnswerAsync()).Status);
    }

    private static async Task<ProxiedHost> SeenAsync(ProxySession session)
    {
        await Soon.UntilAsync(() => !session.Seen.IsEmpty, () => "nothing was reported");
        return session.Seen.First();
    }

    private static Dictionary<string, Uri> StandIn(string host, Uri uri) => new() { [host] = uri };
}
