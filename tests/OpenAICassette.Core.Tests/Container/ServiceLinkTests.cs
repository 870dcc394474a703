using System.Text;
using OpenAICassette.Http;
using OpenAICassette.Server;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>Addresses of the service in an answer lead to the server that recorded or replays it.</summary>
public class ServiceLinkTests
{
    [Theory]
    [InlineData("Location", "{0}/v1/jobs/1")]
    [InlineData("Link", "<{0}/v1/jobs?page=2>; rel=\"next\", <{0}/v1/jobs?page=9>; rel=\"last\"")]
    [InlineData("X-Goog-Upload-URL", "{0}/upload?id=1")]
    [InlineData("Operation-Location", "{0}/operations/1")]
    public async Task An_address_in_a_header_field_leads_to_the_server(string name, string value)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(JsonAnswer(Chat, 201, KeyValuePair.Create(name, Filled(value, exchange))))
        );
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.None })
        {
            await using var session = new RecordingSession(upstream.Uri, folder, mode);
            using var answer = await session.SendAsync();
            Assert.Equal(
                value.Replace("{0}", Origin(session.Server.Uri), StringComparison.Ordinal),
                answer.Headers.GetValues(name).Single()
            );
        }
    }

    [Fact]
    public async Task An_address_in_a_body_is_followed_to_the_server_and_answers_from_the_recording()
    {
        const string results = "{\"custom_id\":\"1\"}\n";
        const string text = """{"id":"b","results_url": "{0}/v1/results/1","content":"see {0}/docs"}""";
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.Path == "/v1/results/1"
                    ? exchange.SendAsync(
                        RenderedResponse.Create(
                            200,
                            [new("Content-Type", "application/x-ndjson")],
                            Encoding.UTF8.GetBytes(results)
                        )
                    )
                    : exchange.SendAsync(JsonAnswer(Filled(text, exchange)))
        );
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.None })
        {
            await using var session = new RecordingSession(upstream.Uri, folder, mode);
            var (_, body) = await session.GetAsync("/v1/batches/b");
            var answer = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(body));
            var next = new Uri(answer["results_url"].Text!);
            Assert.Equal(session.Server.Port, next.Port);
            Assert.Equal($"see {Origin(upstream.Uri)}/docs", answer["content"].Text);
            Assert.Equal((200, results), await session.GetAsync(next.PathAndQuery));
        }

        Assert.Equal(2, upstream.Count);
    }

    [Fact]
    public async Task A_client_that_sends_an_address_back_sends_the_one_of_the_service()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(JsonAnswer(Filled("""{"url":"{0}/v1/files/1"}""", exchange)))
        );
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.None })
        {
            await using var session = new RecordingSession(upstream.Uri, folder, mode);
            var (_, body) = await session.AskAsync("{}", "/v1/files");
            var url = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(body))["url"].Text;
            Assert.Equal(200, (await session.AskAsync($$"""{"file":"{{url}}"}""", "/v1/use")).Status);
        }

        Assert.Equal($$"""POST /v1/use {"file":"{{Origin(upstream.Uri)}}/v1/files/1"}""", upstream.Asked.Last());
        Assert.Equal(2, upstream.Count);
    }

    [Fact]
    public async Task An_address_of_a_stand_in_is_that_of_the_host_for_the_client_and_in_the_recording()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.Path == "/v1/results/1"
                    ? exchange.SendAsync(JsonAnswer("{}"))
                    : exchange.SendAsync(
                        JsonAnswer(
                            Filled("""{"id":"b","results_url": "{0}/v1/results/1"}""", exchange),
                            200,
                            KeyValuePair.Create("Location", Filled("{0}/v1/results/1", exchange))
                        )
                    )
        );
        var hosts = new Dictionary<string, Uri> { ["api.openai.com"] = upstream.Uri };
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.None })
        {
            await using var session = new ProxySession(folder, mode, hosts);
            using var client = session.Client();
            using var answer = await client.GetAsync(new Uri("https://api.openai.com/v1/batches/b"));
            Assert.Equal("https://api.openai.com/v1/results/1", answer.Headers.Location!.OriginalString);
            var body = JsonValue.ParseOrUndefined(await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal("https://api.openai.com/v1/results/1", body["results_url"].Text);
            Assert.Equal("{}", await client.GetStringAsync(new Uri(body["results_url"].Text!)));
        }

        Assert.Equal(2, upstream.Count);
        Assert.DoesNotContain(folder.Files, file =>
            File.ReadAllText(folder[file]).Contains(upstream.Uri.Authority, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(
        """{"url":"https://a.example/x","text":"https://a.example/x"}""",
        """{"url":"http://s/x","text":"https://a.example/x"}"""
    )]
    [InlineData("""{"next" :  "https://a.example/x"}""", """{"next" :  "http://s/x"}""")]
    [InlineData("""{"imageUrl":"https:\/\/a.example\/x"}""", """{"imageUrl":"http:\/\/s\/x"}""")]
    [InlineData("""{"url":"https://a.example.org/x"}""", """{"url":"https://a.example.org/x"}""")]
    [InlineData("""{"a":"url","https://a.example/":1}""", """{"a":"url","https://a.example/":1}""")]
    [InlineData("""["https://a.example/x"]""", """["https://a.example/x"]""")]
    public void An_address_is_found_wherever_the_pieces_of_a_body_end(string body, string expected)
    {
        for (var size = 1; size <= body.Length; size++)
        {
            var links = new BodyLinks("https://a.example", "http://s");
            var result = new StringBuilder();
            for (var at = 0; at < body.Length; at += size)
            {
                var piece = Encoding.UTF8.GetBytes(body[at..Math.Min(body.Length, at + size)]);
                result.Append(Encoding.UTF8.GetString(links.Next(piece).Span));
            }

            result.Append(Encoding.UTF8.GetString(links.Next(default, isLast: true).Span));
            Assert.Equal(expected, result.ToString());
        }
    }

    private static string Origin(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    private static string Filled(string text, HttpExchange exchange) =>
        text.Replace("{0}", $"http://{exchange.Headers["Host"]}", StringComparison.Ordinal);
}
