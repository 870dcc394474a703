using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>Requests whose bodies are not JSON are recorded, replayed and explained.</summary>
public class AnyBodyTests
{
    private const string Uploads = "/v1/files";
    private const string Answer = """{"id":"file-1","object":"file"}""";

    /// <summary>Returns a form as some programs send it: without a line end after its last boundary.</summary>
    private static HttpContent Ended(HttpContent form, bool withLine)
    {
        if (withLine)
        {
            return form;
        }

        var bytes = form.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        var content = new ByteArrayContent(bytes[..^2]);
        content.Headers.ContentType = form.Headers.ContentType;
        return content;
    }

    private static readonly byte[] s_binary = [0, 1, 2, 0xff, 0xfe, .. RandomNumberGenerator.GetBytes(2000)];

    public static TheoryData<string, string> Texts =>
        new()
        {
            { "application/x-www-form-urlencoded", "grant_type=client_credentials&scope=a+b&empty=" },
            { "text/plain; charset=utf-8", "Hello, wörld\r\n" },
            { "application/json", "{\"model\": broken" },
            { "application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n" },
            { "application/octet-stream", "\u0000\u0001" },
            { "multipart/form-data; boundary=x", "--x\nno carriage returns\n--x--" },
            { "", "no type at all" },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_request_with_any_body_is_recorded_byte_for_byte_and_replayed(string type, string body)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((200, Answer), await SendAsync(session, Content(Encoding.UTF8.GetBytes(body), type)));
        Assert.Equal((RequestOutcome.Recorded, false), (session.Last.Outcome, session.Last.IsLost));
        Assert.Equal(body, session.Last.Body.Text);
        var recorded = Assert.Single(session.Cassettes).Interactions[0].Request.Body;
        Assert.Equal(body, recorded.Text);
        Assert.Equal(type.Length == 0 ? null : type, recorded.MediaType);
        session.AssertHealthy();

        await using var again = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((200, Answer), await SendAsync(again, Content(Encoding.UTF8.GetBytes(body), type)));
        Assert.Equal(1, upstream.Count);
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal((200, Answer), await SendAsync(replay, Content(Encoding.UTF8.GetBytes(body), type)));
        Assert.Equal(404, (await SendAsync(replay, Content(Encoding.UTF8.GetBytes(body + "!"), type))).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_multipart_body_is_matched_part_by_part_whatever_its_boundary(bool endsWithLine)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var sent = Ended(Form("first", "whisper-1", s_binary), endsWithLine);
        var bytes = await sent.ReadAsByteArrayAsync();
        Assert.Equal((200, Answer), await SendAsync(session, sent));
        var interaction = Assert.Single(session.Cassettes).Interactions[0];
        Assert.Equal(bytes, interaction.Request.Body.Bytes.ToArray());
        Assert.Equal(["model", "file"], interaction.Request.Body.Parts.Select(part => part.Name));
        Assert.Equal("whisper-1", session.Last.Model);
        session.AssertHealthy();

        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal(
            (200, Answer),
            await SendAsync(replay, Ended(Form("second", "whisper-1", s_binary), endsWithLine))
        );
        var (status, miss) = await SendAsync(replay, Ended(Form("third", "whisper-2", s_binary), endsWithLine));
        Assert.Equal(404, status);
        Assert.Contains("model: recorded 'whisper-1', got 'whisper-2'", miss, StringComparison.Ordinal);
        (status, miss) = await SendAsync(replay, Ended(Form("fourth", "whisper-1", [.. s_binary, 7]), endsWithLine));
        Assert.Equal(404, status);
        Assert.Contains("file.content", miss, StringComparison.Ordinal);
        Assert.DoesNotContain("boundary", miss, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_the_fields_of_a_form_does_not_count_and_a_miss_names_the_field()
    {
        const string type = "application/x-www-form-urlencoded";
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        await SendAsync(session, Content("a=1&b=x%20y&c=3"u8.ToArray(), type));
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal((200, Answer), await SendAsync(replay, Content("c=3&b=x+y&a=1"u8.ToArray(), type)));
        var (status, miss) = await SendAsync(replay, Content("a=1&b=z&c=3"u8.ToArray(), type));
        Assert.Equal(404, status);
        Assert.Contains("b: recorded 'x y', got 'z'", miss, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "a=1")]
    [InlineData("text/plain", "a=1")]
    public async Task A_body_of_one_kind_does_not_match_another_kind(string type, string body)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync("""{"a":"1"}""", Uploads);
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        var (status, miss) = await SendAsync(replay, Content(Encoding.UTF8.GetBytes(body), type));
        Assert.Equal(404, status);
        Assert.Contains("is not JSON", miss, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Secrets_in_any_body_are_not_written_and_the_request_still_matches(bool isKnown)
    {
        // One is in a header of the request, the other is found by its form.
        var secret = isKnown
            ? $"own-{Guid.NewGuid():N}"
            : "sk-proj-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        (string, string)[] headers = isKnown ? [("Authorization", $"Bearer {secret}")] : [];
        HttpContent[] Bodies() =>
            [
                Content(
                    Encoding.UTF8.GetBytes($"client_id=1&client_secret={secret}"),
                    "application/x-www-form-urlencoded"
                ),
                Content(Encoding.UTF8.GetBytes($"key: {secret}\n"), "text/plain"),
                Form(
                    "one",
                    secret,
                    [.. s_binary[..100], .. Encoding.ASCII.GetBytes($" {secret} "), .. s_binary[100..]]
                ),
                Content([0xff, 0, .. Encoding.ASCII.GetBytes($" {secret} "), 0xfe], "application/octet-stream"),
            ];
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            foreach (var body in Bodies())
            {
                Assert.Equal((200, Answer), await SendAsync(session, body, headers));
            }
        }

        Assert.Equal(4, folder.Files.Count);
        Assert.All(folder.Files.Select(file => CassetteStore.Open(folder[file])), cassette =>
        {
            Assert.DoesNotContain(secret, Encoding.UTF8.GetString(cassette.Read().Span), StringComparison.Ordinal);
            Assert.Equal(-1, cassette.Interactions[0].Request.Body.Bytes.Span.IndexOf(Encoding.ASCII.GetBytes(secret)));
        });
        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        foreach (var body in Bodies())
        {
            Assert.Equal((200, Answer), await SendAsync(replay, body, headers));
        }

        // The same in the run that records, for those that were recorded before.
        await using var again = new RecordingSession(upstream.Uri, folder);
        foreach (var body in Bodies())
        {
            Assert.Equal((200, Answer), await SendAsync(again, body, headers));
        }

        Assert.Equal(4, upstream.Count);
    }

    [Fact]
    public async Task The_message_handler_matches_any_body_too()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Answer)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        await SendAsync(session, Form("one", "whisper-1", s_binary));
        using var client = new HttpClient(new CassetteMessageHandler(folder.FullName));
        using var form = Form("two", "whisper-1", s_binary);
        using var answer = await client.PostAsync(new Uri($"http://service{Uploads}"), form);
        Assert.Equal(Answer, await answer.Content.ReadAsStringAsync());
    }

    private static Task<(int Status, string Body)> SendAsync(
        RecordingSession session,
        HttpContent content,
        params (string Name, string Value)[] headers
    ) => session.AskAsync(content, Uploads, headers);

    private static ByteArrayContent Content(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        if (type.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return content;
    }

    private static MultipartFormDataContent Form(string boundary, string model, byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("audio/mpeg");
        return new MultipartFormDataContent(boundary)
        {
            { new StringContent(model), "model" },
            { content, "file", "speech.mp3" },
        };
    }
}
