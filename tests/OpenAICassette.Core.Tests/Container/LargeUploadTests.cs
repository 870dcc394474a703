using System.Security.Cryptography;
using System.Text;
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
    public async Task An_upload_that_does_not_say_its_length_is_recorded_and_matched()
    {
        var body = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("{\"custom_id\":\"one\",\"body\":{\"input\":[1,2,3]}}\n", 1_500_000))
        );
        using var folder = new TempFolder();
        await using var upstream = new LengthStub();
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            var (status, answer) = await session.AskAsync(new Unsized(body), Uploads);
            Assert.Equal((200, $"{body.Length}"), (status, answer));
            Assert.False(session.Last.IsLost, session.Last.Error);
        }

        Assert.Contains(folder.Files, file =>
            file.EndsWith(".body", StringComparison.Ordinal)
            && body.AsSpan().SequenceEqual(File.ReadAllBytes(folder[file]))
        );
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal(200, (await replay.AskAsync(new Unsized(body), Uploads)).Status);
        body[^2]++;
        Assert.Equal(404, (await replay.AskAsync(new Unsized(body), Uploads)).Status);
        Assert.Equal(1, upstream.Count);
    }

    [Fact]
    public async Task Uploads_that_are_longer_together_than_the_server_allows_are_refused_and_leave_nothing()
    {
        var options = new HttpServerOptions { MaxFileBodyBytes = 1 << 30, MaxFilesInFlight = 9 << 20 };
        await using var server = new TestServer(options: options);
        using var client = new HttpClient { BaseAddress = server.Server.Uri };
        for (var i = 0; i < 3; i++)
        {
            using var fits = await client.PostAsync(new Uri("/", UriKind.Relative), Bytes(9 << 20));
            Assert.Equal(200, (int)fits.StatusCode);
        }

        using var tooLong = await client.PostAsync(new Uri("/", UriKind.Relative), Bytes((9 << 20) + 1));
        Assert.Equal(503, (int)tooLong.StatusCode);
        using var unsized = await client.PostAsync(new Uri("/", UriKind.Relative), new Unsized(new byte[30 << 20]));
        Assert.Equal(503, (int)unsized.StatusCode);
        Assert.Equal((0, 0), (server.Server.Files.Held, server.Server.Bodies.Held));
    }

    [UnixFact]
    public void A_body_in_a_temporary_file_has_no_name_that_could_be_left()
    {
        using var body = new ArrivingBody(new BodyBudget(long.MaxValue));
        body.Write("one"u8);
        body.Write(" two"u8);
        var unnamed = MappedBody.CreateFile(10);
        Assert.False(File.Exists(unnamed.Name));
        unnamed.Dispose();
        Assert.Equal("one two"u8, body.ToMemory().Span);
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

    private static ByteArrayContent Bytes(int length)
    {
        var content = new ByteArrayContent(new byte[length]);
        content.Headers.ContentType = new("application/octet-stream");
        return content;
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

    /// <summary>Bytes that are sent in chunks.</summary>
    private sealed class Unsized : ByteArrayContent
    {
        public Unsized(byte[] bytes)
            : base(bytes) => Headers.ContentType = new("application/octet-stream");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

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
