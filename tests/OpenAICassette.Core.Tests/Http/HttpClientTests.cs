using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class HttpClientTests
{
    [Fact]
    public async Task Gets_and_posts_over_one_connection()
    {
        await using var server = new TestServer();
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"GET /{i}?a=b", await client.GetStringAsync(new Uri($"{i}?a=b", UriKind.Relative)));
            Assert.Equal($"POST /p é{i}", await PostAsync(client, new StringContent($"é{i}")));
        }

        Assert.Equal(1, server.Server.Connections);
    }

    [Fact]
    public async Task Posts_in_chunks()
    {
        await using var server = new TestServer();
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        client.DefaultRequestHeaders.TransferEncodingChunked = true;
        Assert.Equal(
            $"POST /p {new string('x', 100_000)}",
            await PostAsync(client, new StringContent(new string('x', 100_000)))
        );
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    [InlineData("gzip, br")]
    [InlineData("identity")]
    public async Task Posts_compressed(string coding)
    {
        var text = string.Concat(Enumerable.Range(0, 2000));
        var body = coding.Split(", ").Aggregate(Encoding.UTF8.GetBytes(text), Encode);
        await using var server = new TestServer();
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        Assert.Equal(
            $"POST /p {text}",
            await PostAsync(client, Content(body, coding.Replace("raw ", string.Empty, StringComparison.Ordinal)))
        );
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    public async Task A_compressed_body_that_is_cut_off_anywhere_is_refused(string coding)
    {
        var body = Encode(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20))), coding);
        await using var server = new TestServer();
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        for (var length = 1; length < body.Length; length++)
        {
            using var answer = await client.PostAsync(
                new Uri("p", UriKind.Relative),
                Content(body[..length], coding.Replace("raw ", string.Empty, StringComparison.Ordinal))
            );
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Empty(server.Handler.Asked);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compressed_body_may_not_be_longer_than_the_limit_when_decoded(string coding)
    {
        await using var server = new TestServer(options: new HttpServerOptions { MaxBodyBytes = 100_000 });
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        using var fits = await client.PostAsync(
            new Uri("p", UriKind.Relative),
            Content(Encode(new byte[100_000], coding), coding)
        );
        using var bomb = await client.PostAsync(
            new Uri("p", UriKind.Relative),
            Content(Encode(new byte[50_000_000], coding), coding)
        );
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (fits.StatusCode, bomb.StatusCode));
    }

    [Fact]
    public async Task Posts_after_leave_to_go_on()
    {
        await using var server = new TestServer();
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TestServer.Long };
        using var client = new HttpClient(handler) { BaseAddress = server.Server.Uri };
        client.DefaultRequestHeaders.ExpectContinue = true;
        Assert.Equal("POST /p body", await PostAsync(client, new StringContent("body")));
        client.DefaultRequestHeaders.TransferEncodingChunked = true;
        Assert.Equal("POST /p body", await PostAsync(client, new StringContent("body")));
    }

    [Fact]
    public async Task Leave_to_go_on_is_given_only_for_a_body_that_is_taken_and_not_yet_there()
    {
        const string Post = "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-Continue\r\n";
        await using var server = new TestServer(options: new HttpServerOptions { MaxBodyBytes = 10 });
        foreach (
            var (request, status) in new[]
            {
                ($"{Post}Content-Length: 2\r\n\r\n", 100),
                ($"{Post}Content-Length: 2\r\n\r\nab", 200),
                ($"{Post}Transfer-Encoding: chunked\r\n\r\n", 100),
                ($"{Post}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200),
                ($"{Post}\r\n", 200),
                ($"{Post}Content-Length: 11\r\n\r\n", 413),
                ("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab", 200),
            }
        )
        {
            using var client = await server.ConnectAsync();
            await client.SendAsync(request);
            Assert.Equal((request, status), (request, (await client.ReadAnswerAsync()).Status));
        }
    }

    [Fact]
    public async Task Asks_for_the_head_alone()
    {
        await using var server = new TestServer();
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        using var request = new HttpRequestMessage(HttpMethod.Head, "a");
        using var answer = await client.SendAsync(request);
        Assert.Equal("HEAD /a".Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("GET /b", await client.GetStringAsync(new Uri("b", UriKind.Relative)));
        Assert.Equal(1, server.Server.Connections);
    }

    [Fact]
    public async Task Reads_a_stream_as_it_comes()
    {
        var read = new SemaphoreSlim(0);
        await using var server = new TestServer(async exchange =>
        {
            await exchange.BeginAsync(200, [new("Content-Type", "text/event-stream")]);
            for (var i = 0; i < 10; i++)
            {
                await exchange.WriteAsync(Encoding.UTF8.GetBytes($"data: {i}\n"));
                await read.WaitAsync(exchange.Stopping);
            }
        });
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        using var lines = new StreamReader(await client.GetStreamAsync(new Uri("s", UriKind.Relative)));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal($"data: {i}", await lines.ReadLineAsync());
            read.Release();
        }

        Assert.Null(await lines.ReadLineAsync());
    }

    [Fact]
    public async Task Many_at_once_get_each_their_own_answer()
    {
        await using var server = new TestServer(async exchange =>
        {
            await Task.Yield();
            await exchange.SendAsync(RecordedHandler.Text(Encoding.UTF8.GetString(exchange.Body.Span)));
        });
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        await Parallel.ForAsync(0, 2000, async (i, cancellation) =>
        {
            var body = string.Concat(Enumerable.Repeat($"{i},", i % 500));
            using var answer = await client.PostAsync(
                new Uri("p", UriKind.Relative),
                new StringContent(body),
                cancellation
            );
            Assert.Equal(body, await answer.Content.ReadAsStringAsync(cancellation));
        });
    }

    private static async Task<string> PostAsync(HttpClient client, HttpContent content)
    {
        using var answer = await client.PostAsync(new Uri("p", UriKind.Relative), content);
        return await answer.Content.ReadAsStringAsync();
    }

    private static ByteArrayContent Content(byte[] body, string coding)
    {
        var content = new ByteArrayContent(body);
        content.Headers.Add("Content-Encoding", coding);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        return content;
    }

    private static byte[] Encode(byte[] body, string coding)
    {
        var encoded = new MemoryStream();
        using (
            Stream encoder = coding switch
            {
                "gzip" or "x-gzip" => new GZipStream(encoded, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(encoded, CompressionLevel.Fastest),
                "raw deflate" => new DeflateStream(encoded, CompressionLevel.Fastest),
                "br" => new BrotliStream(encoded, CompressionLevel.Fastest),
                _ => new BufferedStream(encoded),
            }
        )
        {
            encoder.Write(body);
        }

        return encoded.ToArray();
    }
}
