using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenAICassette.Http;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>What is passed on while recording, and what is not.</summary>
public class ForwardingTests
{
    private const string Chats = "/v1/chat/completions";

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task What_a_page_of_another_site_sends_is_neither_passed_on_nor_recorded(string name, string value)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var answer = await AskRawAsync(
            session,
            $"POST {Chats} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n{name}: {value}\r\nContent-Length: {Hello.Length}\r\n\r\n{Hello}"
        );
        Assert.Equal(403, answer.Status);
        Assert.Contains("another site", answer.Text, StringComparison.Ordinal);
        Assert.Equal(RequestOutcome.Failed, session.Last.Outcome);
        Assert.Contains("another site", session.Last.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (upstream.Count, folder.Files.Count));
    }

    [Theory]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task What_no_other_page_sends_is_passed_on(string name, string value)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var answer = await AskRawAsync(
            session,
            $"POST {Chats} HTTP/1.1\r\nHost: localhost\r\n{name}: {value}\r\nContent-Length: {Hello.Length}\r\n\r\n{Hello}"
        );
        Assert.Equal((200, 1, 1), (answer.Status, upstream.Count, folder.Files.Count));
    }

    [Theory]
    [InlineData("https://app.example", "https://app.example", false)]
    [InlineData("https://app.example", "https://app.example.org", true)]
    [InlineData("*", "https://any.example", false)]
    public void The_pages_of_an_allowed_origin_are_let_in(string allowed, string origin, bool isForeign)
    {
        var bytes = Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\n\r\n");
        var head = new RequestHead(1000);
        Assert.True(head.Read(bytes));
        head.Headers.Bind(bytes);
        Assert.Equal(isForeign, new CrossOrigin(allowed).IsForeign(head.Headers));
    }

    [Theory]
    [InlineData("/../../admin")]
    [InlineData("/v1/%2e%2e/%2e%2e/admin")]
    public async Task A_path_that_leads_upwards_is_not_passed_on(string path)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = new RecordingSession(new Uri(upstream.Uri, "base/v1"), folder);
        var answer = await AskRawAsync(session, $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal((400, 0), (answer.Status, upstream.Count));
        Assert.Contains("'..'", session.Last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OPTIONS_of_the_server_is_no_request_to_an_API()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var answer = await AskRawAsync(session, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal((204, 0, 0), (answer.Status, upstream.Count, session.Server.RequestCount));
        Assert.Contains("POST", answer["Allow"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("QUERY")]
    [InlineData("Own-Method")]
    public async Task A_method_keeps_its_case(string method)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var answer = await AskRawAsync(
            session,
            $"{method} /v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}"
        );
        Assert.Equal(200, answer.Status);
        Assert.StartsWith($"{method} /v1/x", Assert.Single(upstream.Asked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("post")]
    [InlineData("Delete")]
    public async Task A_method_that_could_not_keep_its_case_is_not_forwarded(string method)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var answer = await AskRawAsync(
            session,
            $"{method} /v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}"
        );
        Assert.Equal((501, 0), (answer.Status, upstream.Count));
        Assert.Contains("capital letters", session.Last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Via_names_the_server_to_both_sides_and_a_date_is_the_upstream_s()
    {
        const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(JsonAnswer(Chat, 200, new("Date", Date), new("Via", "1.1 edge")))
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync(headers: ("Via", "1.0 office"));
        Assert.Equal(["1.1 edge", "1.1 cassette"], answer.Headers.Via.Select(via => via.ToString()));
        Assert.Equal(Date, answer.Headers.Date?.ToString("R"));
        Assert.True(upstream.Headers.TryDequeue(out var headers));
        Assert.Equal("1.0 office, 1.1 cassette", headers["Via"]);
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", "101")]
    [InlineData("HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n", "099")]
    [InlineData("HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n", "000")]
    public async Task A_status_that_ends_no_request_gives_502_with_the_reason(string response, string status)
    {
        using var folder = new TempFolder();
        await using var upstream = new RawUpstream(Encoding.ASCII.GetBytes(response));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var (answered, body) = await session.AskAsync();
        var reason = $"the upstream answered with status {status}, which is not a final status";
        Assert.Equal(502, answered);
        Assert.Contains(reason, body, StringComparison.Ordinal);
        Assert.Equal(
            (RequestOutcome.Failed, 502, $"not recorded: {reason}"),
            (session.Last.Outcome, session.Last.Status, session.Last.Error)
        );
    }

    [Theory]
    [InlineData("gzip", 5)]
    [InlineData("gzip", 30)]
    [InlineData("deflate", 5)]
    [InlineData("br", 1)]
    public async Task A_compressed_answer_that_is_cut_off_breaks_off_for_the_client_and_is_not_recorded_as_good(
        string coding,
        int missing
    )
    {
        using var folder = new TempFolder();
        var body = Compress(coding, Chat)[..^missing];
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    RenderedResponse.Create(
                        200,
                        [new("Content-Type", "application/json"), new("Content-Encoding", coding)],
                        body
                    )
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync());
        Assert.Equal(
            (
                RequestOutcome.Failed,
                "not recorded: the connection to the upstream failed: the answer cannot be decoded"
            ),
            (session.Last.Outcome, session.Last.Error)
        );
        Assert.All(session.Cassettes, cassette => Assert.True(cassette.Interactions[0].HasError));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compressed_answer_that_is_whole_is_decoded(string coding)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    RenderedResponse.Create(
                        200,
                        [new("Content-Type", "application/json"), new("Content-Encoding", coding)],
                        Compress(coding, Chat)
                    )
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((200, Chat), await session.AskAsync());
        Assert.Equal(RequestOutcome.Recorded, session.Last.Outcome);
    }

    private static byte[] Compress(string coding, string text)
    {
        using var result = new MemoryStream();
        using (
            Stream compressor = coding switch
            {
                "gzip" => new GZipStream(result, CompressionLevel.Optimal),
                "deflate" => new ZLibStream(result, CompressionLevel.Optimal),
                _ => new BrotliStream(result, CompressionLevel.Optimal),
            }
        )
        {
            compressor.Write(Encoding.UTF8.GetBytes(text));
        }

        return result.ToArray();
    }

    private static async Task<RawAnswer> AskRawAsync(RecordingSession session, string request)
    {
        using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, session.Server.Port));
        await client.SendAsync(request);
        return await client.ReadAnswerAsync();
    }

    /// <summary>A service that answers each connection with the same bytes once the request's head is there.</summary>
    private sealed class RawUpstream : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public RawUpstream(byte[] response)
        {
            _listener.Start();
            _serving = ServeAsync(response);
        }

        public Uri Uri => new($"http://{_listener.LocalEndpoint}/");

        public async ValueTask DisposeAsync()
        {
            _listener.Dispose();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task ServeAsync(byte[] response)
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096]);
                await stream.WriteAsync(response);
                client.Client.Shutdown(SocketShutdown.Send);
                await stream.CopyToAsync(Stream.Null);
            }
        }
    }
}
