using System.Security.Cryptography;
using OpenAICassette.Http;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>Uploads that are longer than what is held in memory.</summary>
public class LargeUploadTests
{
    private const string Uploads = "/v1/files";
    private const int Length = 70 << 20;

    [Theory]
    [InlineData(Length, false)]
    [InlineData(10 << 20, true)]
    public async Task An_upload_that_is_longer_than_memory_allows_is_recorded_and_matched(int length, bool isText)
    {
        var body = Body(length, isText);
        using var folder = new TempFolder();
        await using var upstream = new LengthStub();
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            var (status, answer) = await session.AskAsync(Form(body, "one"), Uploads);
            Assert.Equal((200, upstream.Last.ToString(provider: null)), (status, answer));
            Assert.InRange(upstream.Last, length, length + 1000);
            Assert.False(session.Last.IsLost, session.Last.Error);
        }

        var sidecar = folder.Files.Single(file => file.EndsWith(".body", StringComparison.Ordinal));
        Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(body))}.body", sidecar);
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal(200, (await replay.AskAsync(Form(body, "two"), Uploads)).Status);
        body[^1]++;
        Assert.Equal(404, (await replay.AskAsync(Form(body, "three"), Uploads)).Status);
        Assert.Equal(1, upstream.Count);
    }

    [Fact]
    public async Task JSON_is_still_limited()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer("{}")));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var body = new ByteArrayContent(new byte[Length]);
        body.Headers.ContentType = new("application/json");
        Assert.Equal(413, (await session.AskAsync(body, Uploads)).Status);
        Assert.Equal(0, upstream.Count);
    }

    private static byte[] Body(int length, bool isText)
    {
        var body = new byte[length];
        if (isText)
        {
            for (var i = 0; i < body.Length; i++)
            {
                body[i] = (byte)(
                    i % 997 == 0 ? '\n'
                    : i % 7 == 0 ? ' '
                    : 'a' + (i % 23)
                );
            }
        }

        return body;
    }

    private static MultipartFormDataContent Form(byte[] body, string boundary) =>
        new(boundary) { { new StringContent("batch"), "purpose" }, { new ByteArrayContent(body), "file", "large" } };

    /// <summary>A service that takes bodies of any length and answers with the length.</summary>
    private sealed class LengthStub : IHttpHandler, IAsyncDisposable
    {
        private readonly HttpServer _server;

        public LengthStub()
        {
            _server = new HttpServer(new HttpServerOptions { MaxFileBodyBytes = 1 << 30 }, this);
            _server.Start();
        }

        public Uri Uri => _server.Uri;

        public int Count { get; private set; }

        public int Last { get; private set; }

        public ValueTask AnswerAsync(HttpExchange exchange)
        {
            Count++;
            Last = exchange.Body.Length;
            return exchange.SendAsync(JsonAnswer(Last.ToString(provider: null)));
        }

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
