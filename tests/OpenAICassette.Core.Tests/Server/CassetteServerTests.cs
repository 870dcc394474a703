using System.Net;
using System.Text.Json.Nodes;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

public sealed class CassetteServerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TestServer.Long,
    };

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_counts_what_was_asked_what_was_missed_and_what_nobody_asked_for()
    {
        Cassette[] cassettes =
        [
            BuiltMatcher.Cassette("""{"n":1}"""),
            BuiltMatcher.Cassette("""{"n":2}""", name: "b.json"),
            BuiltMatcher.Cassette("""{"n":3}""", name: "c.json"),
        ];
        await using var server = CassetteServer.Start(cassettes);
        Assert.Equal(
            (3, 0, 0, 3),
            (server.InteractionCount, server.RequestCount, server.MissCount, server.Unused.Count)
        );
        await AskAsync(server, """{"n":2}""");
        await AskAsync(server, """{"n":2}""");
        await AskAsync(server, """{"n":4}""");
        Assert.Equal((3, 1), (server.RequestCount, server.MissCount));
        Assert.Equal([1, 2, 3], server.Requests.Select(request => request.Number));
        Assert.Equal(
            [RequestOutcome.Played, RequestOutcome.Played, RequestOutcome.Missed],
            server.Requests.Select(request => request.Outcome)
        );
        Assert.Equal([cassettes[0].Interactions[0], cassettes[2].Interactions[0]], server.Unused);
    }

    [Fact]
    public async Task A_cassette_that_was_changed_on_disk_gives_500_and_says_so()
    {
        var path = _folder.AddCapitals("a.json");
        await using var server = CassetteServer.Start(CassetteStore.Find(path, recurse: false));
        var body = CassetteStore.Open(path).Interactions[0].Request.Body.ToString();
        await File.AppendAllTextAsync(path, "\n");
        using var answer = await AskAsync(server, body);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var message = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]![
            "message"
        ]!.GetValue<string>();
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("changed", message, StringComparison.Ordinal);
        Assert.Equal((RequestOutcome.Failed, 500), (server.Requests[0].Outcome, server.Requests[0].Status));
        Assert.Equal(0, server.MissCount);
    }

    [Fact]
    public async Task Stop_ends_a_stream_that_still_has_events_and_stops_once()
    {
        const string stream = """{"is_streaming":true,"body":[{"choices":[]},{"choices":[]}]}""";
        var pace = new ReplayPace { TimeToFirstToken = TimeSpan.Zero, TokensPerSecond = 0.001 };
        var server = CassetteServer.Start(
            [BuiltMatcher.Cassette("{}", response: stream)],
            new CassetteServerOptions { Replay = new ReplayOptions { Pace = pace } }
        );
        var stopped = 0;
        server.Stopped += (_, _) => stopped++;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Uri, BuiltMatcher.Chat))
        {
            Content = new StringContent("{}"),
        };
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte["data: {\"choices\":[]}\n\n".Length]);
        var rest = body.ReadAsync(new byte[1]).AsTask();
        await server.StopAsync();
        Assert.True(
            await Record.ExceptionAsync(async () => Assert.Equal(0, await rest.WaitAsync(TestServer.Long)))
                is null
                    or IOException
        );
        await server.StopAsync();
        server.Dispose();
        Assert.Equal((1, false), (stopped, server.IsRunning));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server, "{}"));
    }

    [Fact]
    public async Task Clients_at_the_same_time_each_get_their_own_answer()
    {
        var cassettes = Enumerable
            .Range(0, 50)
            .Select(n =>
                BuiltMatcher.Cassette(
                    $$"""{"n":{{n}}}""",
                    name: $"{n}.json",
                    response: $$"""{"is_streaming":false,"body":{"n":{{n}} } }"""
                )
            );
        await using var server = CassetteServer.Start(cassettes);
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var answer = await AskAsync(server, $$"""{"n":{{i % 50}}}""");
            Assert.Equal($$"""{"n":{{i % 50}}}""", await answer.Content.ReadAsStringAsync(CancellationToken.None));
        });
        Assert.Equal((1_000, 0), (server.RequestCount, server.MissCount));
        Assert.Empty(server.Unused);
    }

    [Fact]
    public void The_journal_keeps_the_last_ten_thousand_requests_and_not_more_than_it_can_hold()
    {
        var journal = new RequestJournal();
        for (var i = 0; i < 10_005; i++)
        {
            journal.Enter(BuiltMatcher.Request("{}"));
        }

        Assert.Equal(
            (10_005, 10_000, 6, 10_005),
            (journal.Received, journal.Requests.Count, journal.Requests[0].Number, journal.Requests[^1].Number)
        );

        // Neither JSON nor not, nor a long path, may fill the memory.
        var mebibyte = new string('x', 1 << 20);
        for (var i = 0; i < 200; i++)
        {
            journal.Enter(
                i % 2 == 0 ? BuiltMatcher.Request(mebibyte) : BuiltMatcher.Request("", "/" + mebibyte[..(1 << 19)])
            );
        }

        Assert.InRange(journal.Requests.Count, 1, 64);
        Assert.Equal(10_205, journal.Requests[^1].Number);
    }

    [Fact]
    public async Task The_journal_holds_no_secret()
    {
        var secret = PlantedKey.Of("openai-api-key");
        await using var server = CassetteServer.Start([BuiltMatcher.Cassette("{}")]);
        await AskAsync(server, $$"""{"messages":[{"role":"user","content":"Use {{secret}}"}]}""");
        var entry = Assert.Single(server.Requests);
        Assert.Equal("Use REDACTED_OPENAI_API_KEY_1", Assert.Single(entry.Messages).ToString().Split(": ")[^1]);
        Assert.DoesNotContain(secret, entry.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_loaded_is_told_or_ends_the_start()
    {
        _folder.AddCapitals("a.json");
        var broken = _folder.Add("b.json", "{"u8);
        var told = new List<string>();
        var loading = 0;
        using (
            var server = CassetteServer.Start(
                [
                    .. CassetteStore.Find(_folder["a.json"], recurse: false),
                    .. CassetteStore.Find(broken, recurse: false),
                ],
                new CassetteServerOptions { Loading = () => loading++ },
                load => told.Add(load.File.Path)
            )
        )
        {
            Assert.Equal((1, 2), (server.InteractionCount, loading));
        }

        Assert.Equal([broken], told);
        var error = Assert.Throws<CassetteException>(() =>
            CassetteServer.Start(CassetteStore.Find(broken, recurse: false))
        );
        Assert.Equal(CassetteError.CassetteInvalidJson, error.Error);
    }

    private Task<HttpResponseMessage> AskAsync(CassetteServer server, string body) =>
        _client.PostAsync(new Uri(server.Uri, BuiltMatcher.Chat), new StringContent(body));
}
