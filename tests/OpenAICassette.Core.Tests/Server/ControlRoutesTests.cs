using System.Net;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

public sealed class ControlRoutesTests : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TestServer.Long,
    };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Probes_answer_and_are_not_in_the_journal()
    {
        await using var server = CassetteServer.Start([BuiltMatcher.Cassette("""{"n":1}""")]);
        Assert.Equal((200, "ok\n"), await GetAsync(server, "healthz"));
        Assert.Equal((200, "ok\n"), await GetAsync(server, "readyz"));
        Assert.Equal(200, (await GetAsync(server, "metrics")).Status);
        Assert.Equal(200, (await GetAsync(server, "__cassette/requests")).Status);
        Assert.Equal(0, server.RequestCount);
    }

    [Fact]
    public async Task Metrics_count_requests_by_outcome()
    {
        await using var server = CassetteServer.Start([
            BuiltMatcher.Cassette("""{"n":1}"""),
            BuiltMatcher.Cassette("""{"n":2}""", name: "b.json"),
        ]);
        await AskAsync(server, """{"n":1}""");
        await AskAsync(server, """{"n":1}""");
        await AskAsync(server, """{"n":3}""");
        var lines = (await GetAsync(server, "metrics")).Body.Split('\n');
        Assert.Contains("# TYPE cassette_requests_total counter", lines);
        Assert.Contains("cassette_requests_total{outcome=\"played\"} 2", lines);
        Assert.Contains("cassette_requests_total{outcome=\"missed\"} 1", lines);
        Assert.Contains("cassette_requests_total{outcome=\"recorded\"} 0", lines);
        Assert.Contains("cassette_interactions 2", lines);
        Assert.Contains("cassette_unused_interactions 1", lines);
        Assert.Contains("cassette_lost_requests_total 0", lines);
    }

    [Fact]
    public async Task The_journal_is_JSON_and_can_be_read_from_a_number_on()
    {
        await using var server = CassetteServer.Start([BuiltMatcher.Cassette("""{"model":"m"}""")]);
        await AskAsync(server, """{"model":"m"}""");
        await AskAsync(server, """{"model":"other"}""");
        var all = JsonNode.Parse((await GetAsync(server, "__cassette/requests")).Body)!["requests"]!.AsArray();
        Assert.Equal(
            """{"number":1,"method":"POST","path":"/v1/chat/completions","model":"m","outcome":"played","status":200,"cassette":"a.json","fault":null,"error":null}""",
            all[0]!.ToJsonString()
        );
        Assert.Equal("missed", (string?)all[1]!["outcome"]);
        Assert.Contains("nearest is a.json", (string?)all[1]!["error"], StringComparison.Ordinal);
        var later = JsonNode.Parse((await GetAsync(server, "__cassette/requests?after=1")).Body)![
            "requests"
        ]!.AsArray();
        Assert.Equal(2, (int)Assert.Single(later)!["number"]!);
        Assert.Equal(400, (await GetAsync(server, "__cassette/requests?since=1")).Status);
    }

    [Fact]
    public async Task A_reset_starts_sequences_and_journal_over()
    {
        Cassette[] cassettes =
        [
            BuiltMatcher.Cassette("""{"n":1}""", response: """{"body":{"id":"one"},"is_streaming":false}"""),
            BuiltMatcher.Cassette(
                """{"n":1}""",
                name: "b.json",
                response: """{"body":{"id":"two"},"is_streaming":false}"""
            ),
        ];
        await using var server = CassetteServer.Start(cassettes);
        Assert.Contains("one", await AskAsync(server, """{"n":1}"""), StringComparison.Ordinal);
        Assert.Contains("two", await AskAsync(server, """{"n":1}"""), StringComparison.Ordinal);
        Assert.Empty(server.Unused);
        using (var reset = await _client.PostAsync(new Uri(server.Uri, "__cassette/reset"), content: null))
        {
            Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        }

        Assert.Equal((0, 2), (server.RequestCount, server.Unused.Count));
        Assert.Contains("one", await AskAsync(server, """{"n":1}"""), StringComparison.Ordinal);
        Assert.Equal(1, server.Requests[0].Number);
    }

    [Theory]
    [InlineData("GET", "__cassette/reset", 405)]
    [InlineData("POST", "__cassette/requests", 405)]
    [InlineData("GET", "__cassette/other", 404)]
    public async Task What_is_not_there_is_said(string method, string path, int status)
    {
        await using var server = CassetteServer.Start([BuiltMatcher.Cassette("""{"n":1}""")]);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Uri, path));
        using var answer = await _client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("/__cassette/re", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_reset()
    {
        await using var server = CassetteServer.Start([BuiltMatcher.Cassette("""{"n":1}""")]);
        await AskAsync(server, """{"n":1}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Uri, "__cassette/reset"));
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(1, server.RequestCount);
    }

    [Fact]
    public async Task A_recording_of_such_a_path_is_played()
    {
        await using var server = CassetteServer.Start([
            BuiltMatcher.Cassette("{}", "/metrics", "GET", response: """{"body":{"own":true},"is_streaming":false}"""),
        ]);
        Assert.Contains("own", (await GetAsync(server, "metrics")).Body, StringComparison.Ordinal);
        Assert.Equal(1, server.RequestCount);
    }

    [Fact]
    public async Task Sessions_do_not_disturb_one_another()
    {
        var cassettes = Enumerable
            .Range(1, 3)
            .Select(n =>
                BuiltMatcher.Cassette(
                    """{"n":1}""",
                    name: $"{n}.json",
                    response: $$$"""{"body":{"id":"answer-{{{n}}}"},"is_streaming":false}"""
                )
            );
        await using var server = CassetteServer.Start(cassettes);
        foreach (var n in Enumerable.Range(1, 3))
        {
            Assert.Contains($"answer-{n}", await AskAsync(server, """{"n":1}""", "first"), StringComparison.Ordinal);
            Assert.Contains($"answer-{n}", await AskAsync(server, """{"n":1}""", "second"), StringComparison.Ordinal);
            Assert.Contains($"answer-{n}", await AskAsync(server, """{"n":1}"""), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_connection_can_be_a_session()
    {
        Cassette[] cassettes =
        [
            BuiltMatcher.Cassette("""{"n":1}""", response: """{"body":{"id":"one"},"is_streaming":false}"""),
            BuiltMatcher.Cassette(
                """{"n":1}""",
                name: "b.json",
                response: """{"body":{"id":"two"},"is_streaming":false}"""
            ),
        ];
        await using var server = CassetteServer.Start(
            cassettes,
            new CassetteServerOptions { SequencePerConnection = true }
        );
        using var other = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var client in new[] { _client, other })
        {
            Assert.Contains("one", await AskAsync(server, """{"n":1}""", client: client), StringComparison.Ordinal);
            Assert.Contains("two", await AskAsync(server, """{"n":1}""", client: client), StringComparison.Ordinal);
        }
    }

    private async Task<(int Status, string Body)> GetAsync(CassetteServer server, string path)
    {
        using var answer = await _client.GetAsync(new Uri(server.Uri, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> AskAsync(
        CassetteServer server,
        string body,
        string? session = null,
        HttpClient? client = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Uri, "v1/chat/completions"))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        if (session is not null)
        {
            request.Headers.Add("x-cassette-session", session);
        }

        using var answer = await (client ?? _client).SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
