using System.Text;
using OpenAICassette.Http;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

public class RecordingSecretTests
{
    [Theory]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("api-key", "{0}")]
    [InlineData("X-Api-Key", "{0}")]
    [InlineData("Cookie", "a=b; session={0}")]
    [InlineData("X-Auth-Token", "{0}")]
    public async Task No_value_of_such_a_header_reaches_the_disk_or_the_journal(string header, string form)
    {
        var secret = PlantedKey.Word();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(JsonAnswer(Chat.Replace("Hé", $"is {secret} yours?", StringComparison.Ordinal)))
        );
        var body = Hello.Replace("Hello", $"my key is {secret}", StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            await using var session = new RecordingSession(upstream.Uri, folder);
            var (status, answer) = await session.AskAsync(
                body,
                headers: (header, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, secret))
            );
            Assert.Equal((200, i == 0), (status, answer.Contains(secret, StringComparison.Ordinal)));
            AssertGone(session, secret);
            session.AssertHealthy();
        }

        Assert.Equal(1, upstream.Count);
        Assert.Contains(upstream.Asked, asked => asked.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_of_the_environment_that_is_named_as_a_secret_never_reaches_the_disk()
    {
        var secret = PlantedKey.Word() + "\"é\\";
        var name = $"CASSETTE_TEST_{PlantedKey.Word(8).ToUpperInvariant()}_PASSWORD";
        Environment.SetEnvironmentVariable(name, secret);
        try
        {
            var json = Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(secret))[1..^1];
            using var folder = new TempFolder();
            await using var upstream = new UpstreamStub(
                (exchange, _) => exchange.SendAsync(JsonAnswer(Chat.Replace("Hé", json, StringComparison.Ordinal)))
            );
            await using var session = new RecordingSession(upstream.Uri, folder);
            await session.AskAsync();
            AssertGone(session, secret[..^3]);
            Assert.Contains(
                "REDACTED_SECRET_VALUE_1",
                Encoding.UTF8.GetString(Assert.Single(session.Cassettes).Read().Span),
                StringComparison.Ordinal
            );
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task A_key_in_a_request_is_gone_and_the_request_still_is_the_same_after_a_restart()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        foreach (var _ in new[] { 1, 2 })
        {
            var key = PlantedKey.Of("openai-api-key");
            await using var session = new RecordingSession(upstream.Uri, folder);
            var body = Hello.Replace("Hello", $"{key} and again {key}", StringComparison.Ordinal);
            Assert.Equal(
                200,
                (await session.AskAsync(body, headers: ("Authorization", $"Bearer {PlantedKey.Word()}"))).Status
            );
            AssertGone(session, key);
            session.AssertHealthy();
        }

        Assert.Single(folder.Files);
        Assert.Equal(1, upstream.Count);
    }

    [Fact]
    public async Task A_key_in_a_query_is_passed_on_and_not_written()
    {
        var key = PlantedKey.Word();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using (var first = new RecordingSession(upstream.Uri, folder))
        {
            await first.AskAsync(path: $"/v1/messages?key={key}");
        }

        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync(path: $"/v1/messages?key={key}");
        Assert.Contains($"?key={key}", Assert.Single(upstream.Asked), StringComparison.Ordinal);
        AssertGone(session, key);
    }

    [Fact]
    public async Task A_cookie_that_the_service_sets_is_passed_on_and_not_written()
    {
        var secret = PlantedKey.Word();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    JsonAnswer(
                        Chat.Replace("Hé", secret, StringComparison.Ordinal),
                        200,
                        new KeyValuePair<string, string>("Set-Cookie", $"s={secret}; Path=/; HttpOnly")
                    )
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync();
        Assert.Contains(secret, Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        await answer.Content.ReadAsStringAsync();
        AssertGone(session, secret);
        Assert.Single(folder.Files);
    }

    [Fact]
    public async Task A_stream_that_spells_a_secret_over_chunks_is_written_without_it()
    {
        var secret = PlantedKey.Word();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await BeginEventsAsync(exchange);
                await SendChunkAsync(exchange, secret[..20]);
                await SendChunkAsync(exchange, secret[20..], "\"stop\"");
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync(HelloStream, headers: ("Authorization", $"Bearer {secret}"));
        Assert.Equal(RequestOutcome.Recorded, session.Last.Outcome);
        var said = string.Concat(
            Assert
                .Single(session.Cassettes)
                .Interactions[0]
                .Chunks.Select(chunk => chunk.Data["choices"][0]["delta"]["content"].Text)
        );
        Assert.StartsWith("REDACTED_", said, StringComparison.Ordinal);
        AssertGone(session, secret[..20]);
        session.AssertHealthy();
    }

    [Theory]
    [InlineData(RecordMode.NewEpisodes)]
    [InlineData(RecordMode.Once)]
    [InlineData(RecordMode.None)]
    public async Task A_secret_in_a_body_matches_in_the_environment_that_recorded_it_and_no_miss_shows_it(
        RecordMode mode
    )
    {
        // A rule finds it by its name, the environment by its value, and both must come to the same.
        var secret = PlantedKey.Word();
        var plain = PlantedKey.Word();
        var name = $"CASSETTE_TEST_{PlantedKey.Word(8).ToUpperInvariant()}_TOKEN";
        Environment.SetEnvironmentVariable(name, secret);
        try
        {
            using var folder = new TempFolder();
            await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
            var body = Hello.Replace(
                "Hello",
                $"api_key={secret} and in prose {secret} and {plain}",
                StringComparison.Ordinal
            );
            (string, string) header = ("Authorization", $"Bearer {plain}");
            await using (var first = new RecordingSession(upstream.Uri, folder))
            {
                await first.AskAsync(body, headers: header);
                AssertGone(first, secret);
                AssertGone(first, plain);
            }

            await using var later = new RecordingSession(upstream.Uri, folder, mode);
            Assert.Equal(
                (200, RequestOutcome.Played),
                ((await later.AskAsync(body, headers: header)).Status, later.Last.Outcome)
            );
            Assert.Equal(1, upstream.Count);
            if (mode != RecordMode.NewEpisodes)
            {
                var miss = await later.AskAsync(
                    body.Replace("prose", "verse", StringComparison.Ordinal),
                    headers: header
                );
                Assert.Equal(404, miss.Status);
                Assert.Contains("verse", miss.Body, StringComparison.Ordinal);
                Assert.DoesNotContain(secret, $"{miss.Body} {later.Last.Miss}", StringComparison.Ordinal);
                Assert.DoesNotContain(plain, $"{miss.Body} {later.Last.Miss}", StringComparison.Ordinal);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task In_process_too_a_secret_of_a_header_matches_where_it_stands_in_the_body()
    {
        var secret = PlantedKey.Word();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var body = Hello.Replace("Hello", $"it is {secret}", StringComparison.Ordinal);
        await session.AskAsync(body, headers: ("Authorization", $"Bearer {secret}"));
        using var handler = new CassetteMessageHandler(session.Cassettes);
        using var client = new HttpClient(handler) { BaseAddress = session.Server.Uri };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
        using var answer = await client.PostAsync(
            new Uri("v1/chat/completions", UriKind.Relative),
            new StringContent(body)
        );
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_header_that_stands_in_a_recording_that_nobody_scrubbed_still_matches()
    {
        var value = PlantedKey.Word();
        var body = Hello.Replace("Hello", $"it is {value}", StringComparison.Ordinal);
        using var handler = new CassetteMessageHandler([BuiltMatcher.Cassette(body)]);
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost/") };
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Auth-Token", value);
        using var answer = await client.PostAsync(
            new Uri("v1/chat/completions", UriKind.Relative),
            new StringContent(body)
        );
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_is_no_text_and_echoes_keys_is_written_without_them()
    {
        var secret = PlantedKey.Word();
        var key = PlantedKey.Of("openai-api-key");
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    RenderedResponse.Create(
                        200,
                        [new("Content-Type", "text/plain; charset=iso-8859-1")],
                        Encoding.Latin1.GetBytes($"für {secret} und {key}")
                    )
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync(headers: ("Authorization", $"Bearer {secret}"));
        var details = Assert.Single(session.Cassettes).Interactions[0];
        Assert.Equal(
            "für REDACTED_SECRET_VALUE_1 und REDACTED_OPENAI_API_KEY_1",
            Encoding.Latin1.GetString(details.Response.Body.Bytes.Span)
        );
    }

    [Theory]
    [InlineData("/{0}/v1/chat/completions")]
    [InlineData("/v1/gateway/{0}/chat/completions")]
    public async Task A_key_in_a_path_and_in_a_header_that_nobody_lists_never_reach_the_disk(string form)
    {
        var inPath = PlantedKey.Word();
        var inHeader = PlantedKey.Word();
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, inPath);
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(JsonAnswer(Chat.Replace("Hé", $"{inPath} {inHeader}", StringComparison.Ordinal)))
        );
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            await session.AskAsync(path: path, headers: ("X-Session", inHeader));
            AssertGone(session, inPath);
            AssertGone(session, inHeader);
        }

        await using var later = new RecordingSession(upstream.Uri, folder);
        await later.AskAsync(path: path, headers: ("X-Session", inHeader));
        Assert.Equal((RequestOutcome.Played, 1), (later.Last.Outcome, upstream.Count));
    }

    private static void AssertGone(RecordingSession session, string secret)
    {
        Assert.NotEmpty(session.Folder.Files);
        Assert.All(session.Cassettes, cassette =>
            Assert.DoesNotContain(secret, Encoding.UTF8.GetString(cassette.Read().Span), StringComparison.Ordinal)
        );
        Assert.All(session.Server.Requests, request =>
            Assert.DoesNotContain(
                secret,
                $"{request} {request.Path} {request.Body} {request.Error}",
                StringComparison.Ordinal
            )
        );
    }
}
