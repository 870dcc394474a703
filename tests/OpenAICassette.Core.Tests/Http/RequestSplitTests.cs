using System.Text;

namespace OpenAICassette.Tests;

public class RequestSplitTests
{
    private const string Pipelined =
        "GET /one?a=b HTTP/1.1\r\nHost: localhost\r\n\r\n"
        + "POST /two HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
        + "\r\nPOST /three HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\nX: trailer\r\n\r\n"
        + "GET http://localhost/four HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static readonly string[] s_asked =
    [
        "GET /one?a=b",
        "POST /two hello",
        "POST /three abc0123456789",
        "GET /four",
    ];

    [Fact]
    public async Task Pipelined_requests_that_come_at_once_are_answered_in_order()
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync(Pipelined);
        await AssertAnsweredAsync(client);
        Assert.Equal(s_asked, server.Handler.Asked);
    }

    [Fact]
    public async Task Pipelined_requests_that_are_split_at_any_byte_are_answered_in_order()
    {
        await using var server = new TestServer();
        for (var at = 1; at < Pipelined.Length; at++)
        {
            using var client = await server.ConnectAsync();
            await client.SendAsync(Pipelined[..at]);
            await client.SendAsync(Pipelined[at..]);
            await AssertAnsweredAsync(client);
        }

        Assert.Equal(
            Enumerable.Repeat(s_asked, Pipelined.Length - 1).SelectMany(asked => asked).Order(),
            server.Handler.Asked.Order()
        );
    }

    [Fact]
    public async Task Pipelined_requests_that_come_byte_by_byte_are_answered_in_order()
    {
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        foreach (var letter in Pipelined)
        {
            await client.SendAsync(letter.ToString());
        }

        await AssertAnsweredAsync(client);
    }

    [Fact]
    public async Task Many_pipelined_requests_are_all_answered()
    {
        const int Count = 5000;
        await using var server = new TestServer();
        using var client = await server.ConnectAsync();
        var sending = client.SendAsync(
            string.Concat(
                Enumerable
                    .Range(0, Count)
                    .Select(i => $"POST /{i} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")
            )
        );
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal($"POST /{i} abc", (await client.ReadAnswerAsync()).Text);
        }

        await sending;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1024 * 1024)]
    [InlineData((3 * 1024 * 1024) + 1)]
    public async Task A_body_of_any_length_arrives_with_the_request_after_it(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        byte[]? seen = null;
        await using var server = new TestServer(exchange =>
        {
            seen ??= exchange.Body.ToArray();
            return exchange.SendAsync(RecordedHandler.Text(exchange.Headers["X-After"] ?? "none"));
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync([
            .. Encoding.ASCII.GetBytes(
                $"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\nX-After: a\r\n\r\n"
            ),
            .. body,
            .. "GET / HTTP/1.1\r\nHost: localhost\r\nX-After: b\r\n\r\n"u8,
        ]);
        Assert.Equal("a", (await client.ReadAnswerAsync()).Text);
        Assert.Equal("b", (await client.ReadAnswerAsync()).Text);
        Assert.True(body.AsSpan().SequenceEqual(seen), "other bytes have arrived than were sent");
    }

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(7, 3000)]
    [InlineData(4096, 600)]
    [InlineData(100_000, 20)]
    public async Task A_body_in_chunks_of_any_size_arrives_with_the_request_after_it(int size, int count)
    {
        var body = new byte[size * count];
        new Random(size).NextBytes(body);
        var request = new MemoryStream();
        request.Write("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"u8);
        foreach (var chunk in body.Chunk(size))
        {
            request.Write(Encoding.ASCII.GetBytes($"{chunk.Length:X}\r\n"));
            request.Write(chunk);
            request.Write("\r\n"u8);
        }

        request.Write("0\r\n\r\nGET /after HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
        var seen = new List<byte[]>();
        await using var server = new TestServer(exchange =>
        {
            seen.Add(exchange.Body.ToArray());
            return exchange.SendAsync(RecordedHandler.Text(exchange.Path));
        });
        using var client = await server.ConnectAsync();
        await client.SendAsync(request.ToArray());
        Assert.Equal("/", (await client.ReadAnswerAsync()).Text);
        Assert.Equal("/after", (await client.ReadAnswerAsync()).Text);
        Assert.Equal([body, []], seen);
    }

    private static async Task AssertAnsweredAsync(RawClient client)
    {
        foreach (var asked in s_asked)
        {
            Assert.Equal(asked, (await client.ReadAnswerAsync()).Text);
        }
    }
}
