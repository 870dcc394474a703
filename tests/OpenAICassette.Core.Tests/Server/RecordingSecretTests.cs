using System.Text;
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
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat.Replace("Hé", $"is {secret} yours?", StringComparison.Ordinal))));
        await using var session = new RecordingSession(upstream.Uri, folder);
        var body = Hello.Replace("Hello", $"my key is {secret}", StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            var (status, answer) = await session.AskAsync(body, headers: (header, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, secret)));
            Assert.Equal((200, i == 0), (status, answer.Contains(secret, StringComparison.Ordinal)));
        }

        Assert.Equal(1, upstream.Count);
        Assert.Contains(upstream.Asked, asked => asked.Contains(secret, StringComparison.Ordinal));
        AssertGone(session, secret);
        session.AssertHealthy();
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
            await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat.Replace("Hé", json, StringComparison.Ordinal))));
            await using var session = new RecordingSession(upstream.Uri, folder);
            await session.AskAsync();
            AssertGone(session, secret[..^3]);
            Assert.Contains("REDACTED_SECRET_VALUE_1", Encoding.UTF8.GetString(Assert.Single(session.Cassettes).Read().Span), StringComparison.Ordinal);
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
            Assert.Equal(200, (await session.AskAsync(body, headers: ("Authorization", $"Bearer {PlantedKey.Word()}"))).Status);
            Assert.Equal(200, (await session.AskAsync(body)).Status);
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
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync(path: $"/v1/messages?key={key}");
        await session.AskAsync(path: $"/v1/messages?key={key}");
        Assert.Contains($"?key={key}", Assert.Single(upstream.Asked), StringComparison.Ordinal);
        AssertGone(session, key);
    }

    [Fact]
    public async Task A_cookie_that_the_service_sets_is_passed_on_and_not_written()
    {
        var secret = PlantedKey.Word();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(
            JsonAnswer(Chat.Replace("Hé", secret, StringComparison.Ordinal), 200, new KeyValuePair<string, string>("Set-Cookie", $"s={secret}; Path=/; HttpOnly"))));
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var answer = await session.SendAsync();
        Assert.Contains(secret, Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        await answer.Content.ReadAsStringAsync();
        AssertGone(session, secret);
        Assert.Single(folder.Files);
    }

    [Fact]
    public async Task A_stream_that_spells_a_secret_over_chunks_is_not_written()
    {
        var secret = PlantedKey.Word();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(async (exchange, _) =>
        {
            await BeginEventsAsync(exchange);
            await SendChunkAsync(exchange, secret[..20]);
            await SendChunkAsync(exchange, secret[20..], "\"stop\"");
        });
        await using var session = new RecordingSession(upstream.Uri, folder);
        await session.AskAsync(HelloStream, headers: ("Authorization", $"Bearer {secret}"));
        Assert.Empty(folder.Files);
        Assert.Equal(RequestOutcome.Failed, session.Last.Outcome);
        Assert.Contains("over several chunks", session.Last.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, session.Last.Error, StringComparison.Ordinal);
    }

    private static void AssertGone(RecordingSession session, string secret)
    {
        Assert.NotEmpty(session.Folder.Files);
        Assert.All(session.Cassettes, cassette => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(cassette.Read().Span), StringComparison.Ordinal));
        Assert.All(session.Server.Requests, request => Assert.DoesNotContain(secret, $"{request} {request.Path} {request.Body} {request.Error}", StringComparison.Ordinal));
    }
}
