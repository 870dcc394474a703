using System.Text;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>Recordings in formats of other recorders, whose files hold many exchanges.</summary>
public sealed class RecordingFormatTests : IDisposable
{
    private const string Kept =
        "# kept by hand\ninteractions:\n  - request: {body: null, headers: {}, method: GET, uri: 'https://h/v1/models'}\n"
        + "    response:\n      body: {string: '{\"data\":[]}'}\n      headers: {}\n      status: {code: 200, message: OK}\n";

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Formats =>
        new()
        {
            { "vcrpy", ".yaml" },
            { "har", ".har" },
            { "test-proxy", ".json" },
            { "go-vcr", ".yaml" },
            { "ruby-vcr", ".yml" },
            { "nock", ".json" },
        };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_call_and_a_stream_go_to_one_file_without_the_key_and_are_replayed(
        string format,
        string extension
    )
    {
        var key = PlantedKey.Of("openai-api-key");
        var hello = Hello.Replace("Hello", $"Hello {key}", StringComparison.Ordinal);
        await using var upstream = new UpstreamStub(AnswerAsync);
        await using (var session = new RecordingSession(upstream.Uri, _folder, format: format))
        {
            Assert.Equal((200, Chat), await session.AskAsync(hello, headers: ("Authorization", $"Bearer {key}")));
            var (_, stream) = await session.AskAsync(HelloStream);
            Assert.Equal([$"cassette{extension}"], _folder.Files);
            Assert.Equal(
                [RequestOutcome.Recorded, RequestOutcome.Recorded],
                session.Server.Requests.Select(request => request.Outcome)
            );
            Assert.Equal((200, stream), await session.ReplayAsync(HelloStream));
            AssertSame(Chat, (await session.ReplayAsync(hello)).Body);
        }

        var text = await File.ReadAllTextAsync(_folder[$"cassette{extension}"]);
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
        var cassette = CassetteStore.Open(_folder[$"cassette{extension}"]);
        Assert.Equal((format, 2), (cassette.Format, cassette.Interactions.Count));

        // What was recorded answers later, also a request with the key in its body.
        await using var later = new RecordingSession(upstream.Uri, _folder, RecordMode.Once, format: format);
        Assert.Equal(200, (await later.AskAsync(hello, headers: ("Authorization", $"Bearer {key}"))).Status);
        Assert.Equal(200, (await later.AskAsync(HelloStream)).Status);
        Assert.Equal(2, upstream.Count);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Two_hundred_requests_at_once_through_two_servers_lose_nothing(string format, string extension)
    {
        var file = _folder[$"all{extension}"];
        await using var upstream = new UpstreamStub((exchange, number) => exchange.SendAsync(JsonAnswer(Chat)));
        await using (var one = new RecordingSession(upstream.Uri, _folder, format: format, file: file))
        await using (var other = new RecordingSession(upstream.Uri, _folder, format: format, file: file))
        {
            var asked = Enumerable
                .Range(0, 200)
                .Select(number =>
                    (number % 2 == 0 ? one : other).AskAsync(
                        Hello.Replace("Hello", $"Hello {number}", StringComparison.Ordinal)
                    )
                );
            Assert.All(await Task.WhenAll(asked), answer => Assert.Equal((200, Chat), answer));
            Assert.Equal((0, 0), (one.Server.LostCount, other.Server.LostCount));
        }

        var said = CassetteStore
            .Open(file)
            .Interactions.Select(each => each.Request.Body.Json["messages"][0]["content"].Text!)
            .ToHashSet();
        Assert.Equal(Enumerable.Range(0, 200).Select(number => $"Hello {number}").ToHashSet(), said);
        Assert.Equal([$"all{extension}"], _folder.Files);
    }

    [Fact]
    public async Task A_file_of_the_team_keeps_its_other_bytes_and_its_layout()
    {
        var file = _folder.Add("team.yaml", Encoding.UTF8.GetBytes(Kept + "version: 1\n"));
        await using var upstream = new UpstreamStub(AnswerAsync);
        await using (var session = new RecordingSession(upstream.Uri, _folder, format: "vcrpy", file: file))
        {
            await session.AskAsync();
            await session.AskAsync(HelloStream);
        }

        var text = await File.ReadAllTextAsync(file);
        Assert.StartsWith(Kept + "  - request:\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nversion: 1\n", text, StringComparison.Ordinal);
        Assert.Equal(3, CassetteStore.Open(file).Interactions.Count);
    }

    [Theory]
    [InlineData(
        "har",
        ".har",
        "{\"log\":{\"version\":\"1.2\",\"entries\":[],\"comment\":\"kept\"}}",
        "\"comment\":\"kept\"}}"
    )]
    [InlineData("vcrpy", ".json", "{\"version\":1,\"interactions\":[]}", "]}")]
    [InlineData("vcrpy", ".yaml", "interactions: []\nversion: 1\n", "\nversion: 1\n")]
    public async Task An_empty_list_is_added_to(string format, string extension, string empty, string end)
    {
        var file = _folder.Add($"a{extension}", Encoding.UTF8.GetBytes(empty));
        await using var upstream = new UpstreamStub(AnswerAsync);
        await using (var session = new RecordingSession(upstream.Uri, _folder, format: format, file: file))
        {
            await session.AskAsync();
            Assert.Null(session.Last.Error);
            await session.AskAsync(HelloStream);
        }

        Assert.EndsWith(end, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(2, CassetteStore.Open(file).Interactions.Count);
    }

    [Fact]
    public async Task Each_test_has_its_file_in_a_folder_and_everything_anew_replaces_what_was_there_before()
    {
        var test = ("X-OGX-Provider-Data", "{\"__test_id\":\"tests/a.py::test [1]\"}");
        await using var upstream = new UpstreamStub(AnswerAsync);
        for (var run = 0; run < 2; run++)
        {
            await using var session = new RecordingSession(upstream.Uri, _folder, RecordMode.All, format: "har");
            await session.AskAsync(headers: test);
            await session.AskAsync(HelloStream, headers: test);
            await session.AskAsync();
        }

        Assert.Equal(6, upstream.Count);
        Assert.Equal(2, _folder.Files.Count);
        Assert.Equal("cassette.har", _folder.Files[0]);
        Assert.StartsWith("tests_a.py__test__1_-", _folder.Files[1], StringComparison.Ordinal);
        Assert.Equal([1, 2], _folder.Files.Select(file => CassetteStore.Open(_folder[file]).Interactions.Count));
    }

    [Fact]
    public async Task What_the_format_cannot_hold_is_not_recorded_and_that_is_said()
    {
        await using var upstream = new UpstreamStub(
            async (exchange, number) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, "cut");
                exchange.Close();
            }
        );
        await using var session = new RecordingSession(upstream.Uri, _folder, format: "vcrpy");
        using var answer = await session.SendAsync(HelloStream);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync());
        await Soon.UntilAsync(() => session.Server.LostCount == 1, () => "nothing was reported");
        Assert.Contains(
            "the format vcrpy cannot hold an answer that broke off",
            session.Last.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("httprr")]
    [InlineData("nothing")]
    public void A_format_that_cannot_be_recorded_in_is_refused(string format)
    {
        var options = new CassetteServerOptions
        {
            Mode = RecordMode.Once,
            Upstream = new Uri("http://127.0.0.1:1/v1"),
            RecordTo = _folder.FullName,
            RecordFormat = format,
        };
        var error = Assert.Throws<ArgumentException>(() => CassetteServer.Start(Array.Empty<Cassette>(), options));
        Assert.Equal($"the format '{format}' cannot be recorded in", error.Message);
    }

    private static async ValueTask AnswerAsync(Http.HttpExchange exchange, int number)
    {
        if (!Encoding.UTF8.GetString(exchange.Body.Span).Contains("stream", StringComparison.Ordinal))
        {
            await exchange.SendAsync(JsonAnswer(Chat));
            return;
        }

        await BeginEventsAsync(exchange);
        await SendChunkAsync(exchange, "Hé");
        await SendChunkAsync(exchange, " you", "\"stop\"");
        await exchange.WriteAsync("data: [DONE]\n\n"u8.ToArray());
        await exchange.EndAsync();
    }
}
