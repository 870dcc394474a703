using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Http;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>Bodies over 1 MB that are not JSON are files beside the recording, named by their hash.</summary>
public class SidecarTests
{
    private const int Large = (1 << 20) + 1;
    private const string Sound = "/v1/audio/speech";
    private const string Uploads = "/v1/files";

    [Theory]
    [InlineData("application/octet-stream", false)]
    [InlineData("text/plain", true)]
    public async Task A_large_answer_is_a_file_and_is_replayed_from_it(string type, bool isText)
    {
        var body = Body(isText, 1);
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(Answer(type, body)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal(body, await BytesAsync(session));
        var sidecar = folder.Files.Single(file => file.EndsWith(".body", StringComparison.Ordinal));
        Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(body))}.body", sidecar);
        Assert.Equal(body, await File.ReadAllBytesAsync(folder[sidecar]));
        Assert.InRange(new FileInfo(folder[Recording(folder)]).Length, 1, 10_000);

        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal(body, await BytesAsync(replay));
        var interaction = CassetteStore.Open(folder[Recording(folder)]).Interactions[0];
        Assert.Equal(body, interaction.Response.Body.Bytes.ToArray());
        using var client = new HttpClient(new CassetteMessageHandler(folder.FullName));
        using var content = new StringContent(Hello, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"http://service{Sound}"), content);
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_download_that_is_not_text_is_longer_than_memory_allows_and_leaves_no_other_file()
    {
        const int pieces = 70;
        var piece = Body(isText: false, 3);
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await exchange.BeginAsync(200, [new("Content-Type", "application/octet-stream")]);
                for (var i = 0; i < pieces; i++)
                {
                    await exchange.WriteAsync(piece);
                }
            }
        );
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.None })
        {
            await using var session = new RecordingSession(upstream.Uri, folder, mode);
            using var answer = await session.SendAsync(path: Sound);
            using var hash = SHA256.Create();
            var received = await hash.ComputeHashAsync(await answer.Content.ReadAsStreamAsync());
            var sidecar = folder.Files.Single(file => file.EndsWith(".body", StringComparison.Ordinal));
            Assert.Equal($"{Convert.ToHexStringLower(received)}.body", sidecar);
            Assert.Equal((long)pieces * piece.Length, new FileInfo(folder[sidecar]).Length);
            Assert.Equal(
                2,
                Directory.GetFiles(folder.FullName, "*", new EnumerationOptions { AttributesToSkip = 0 }).Length
            );
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_large_request_is_a_file_and_is_matched_by_its_hash(bool isText, bool isForm)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var sent = Content(isForm, Body(isText, 1), "b1");
        var bytes = await sent.ReadAsByteArrayAsync();
        Assert.Equal(200, (await session.AskAsync(sent, Uploads)).Status);
        Assert.Contains(folder.Files, file => file.EndsWith(".body", StringComparison.Ordinal));
        var interaction = CassetteStore.Open(folder[Recording(folder)]).Interactions[0];
        Assert.Equal(bytes, interaction.Request.Body.Bytes.ToArray());

        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal(200, (await replay.AskAsync(Content(isForm, Body(isText, 1), "b2"), Uploads)).Status);
        var (status, miss) = await replay.AskAsync(Content(isForm, Body(isText, 2), "b3"), Uploads);
        Assert.Equal(404, status);
        Assert.Contains("sha256", miss, StringComparison.Ordinal);
        Assert.Equal(1, upstream.Count);
    }

    [Fact]
    public async Task A_secret_in_a_large_text_is_not_written_and_the_request_still_matches()
    {
        var secret = $"own-{Guid.NewGuid():N}";
        byte[] Text() => [.. Body(isText: true, 1), .. Encoding.ASCII.GetBytes($"\nkey: {secret}\n")];
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(Answer("text/plain", Text())));
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.None })
        {
            await using var session = new RecordingSession(upstream.Uri, folder, mode);
            var (status, _) = await session.AskAsync(
                Content(isForm: true, Text(), "b"),
                Uploads,
                ("Authorization", $"Bearer {secret}")
            );
            Assert.Equal(200, status);
        }

        Assert.Equal(2, folder.Files.Count);
        Assert.All(folder.Files, file =>
            Assert.DoesNotContain(secret, File.ReadAllText(folder[file]), StringComparison.Ordinal)
        );
        Assert.Equal(1, upstream.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_missing_or_changed_is_an_error_that_names_it(bool isMissing)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(Answer("audio/mpeg", Body(isText: false, 1)))
        );
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            await BytesAsync(session);
        }

        var sidecar = folder.Files.Single(file => file.EndsWith(".body", StringComparison.Ordinal));
        if (isMissing)
        {
            File.Delete(folder[sidecar]);
        }
        else
        {
            await File.WriteAllBytesAsync(folder[sidecar], Body(isText: false, 2));
        }

        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        var (status, error) = await replay.AskAsync(path: Sound);
        Assert.Equal(500, status);
        Assert.Contains(sidecar, error, StringComparison.Ordinal);
        Assert.Contains(isMissing ? "cannot be read" : "not what was recorded", error, StringComparison.Ordinal);
        var response = CassetteStore.Open(folder[Recording(folder)]).Interactions[0].Response;
        var thrown = Assert.Throws<CassetteException>(() => response.Body.Bytes);
        Assert.Equal(isMissing ? CassetteError.CassetteUnreadable : CassetteError.CassetteChanged, thrown.Error);
    }

    [Fact]
    public async Task A_file_goes_with_the_recording_that_is_replaced_unless_another_one_needs_it()
    {
        var seed = 1;
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(Answer("audio/mpeg", Body(isText: false, seed)))
        );
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            await BytesAsync(session, "{\"input\":\"a\"}");
            await BytesAsync(session, "{\"input\":\"b\"}");
        }

        Assert.Equal(3, folder.Files.Count);
        seed = 2;
        await using (var session = new RecordingSession(upstream.Uri, folder, RecordMode.All))
        {
            await BytesAsync(session, "{\"input\":\"a\"}");
            Assert.Equal(4, folder.Files.Count);
            await BytesAsync(session, "{\"input\":\"b\"}");
            Assert.Equal(3, folder.Files.Count);
        }

        await using var replay = new RecordingSession(upstream.Uri, folder, RecordMode.None);
        Assert.Equal(Body(isText: false, 2), await BytesAsync(replay, "{\"input\":\"b\"}"));
    }

    private static string Recording(TempFolder folder) =>
        folder.Files.Single(file => file.EndsWith(".json", StringComparison.Ordinal));

    private static async Task<byte[]> BytesAsync(RecordingSession session, string request = Hello)
    {
        using var answer = await session.SendAsync(request, Sound);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static RenderedResponse Answer(string type, byte[] body) =>
        RenderedResponse.Create(200, [new("Content-Type", type)], body);

    private static byte[] Body(bool isText, int seed)
    {
        var body = new byte[Large];
        new Random(seed).NextBytes(body);
        body[0] = 0;
        return isText ? [.. body.Select(value => (byte)(value % 20 == 0 ? '\n' : 'a' + (value % 20)))] : body;
    }

    private static HttpContent Content(bool isForm, byte[] body, string boundary)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return isForm ? new MultipartFormDataContent(boundary) { { content, "file", "a.csv" } } : content;
    }
}
