using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

public class RecordingModeTests
{
    [Fact]
    public async Task What_is_recorded_is_played_after_a_restart()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            Assert.Equal((200, Chat), await session.AskAsync());
            Assert.Equal(RequestOutcome.Recorded, session.Last.Outcome);
            Assert.NotNull(session.Last.Interaction);
            session.AssertHealthy();
        }

        await using var later = new RecordingSession(upstream.Uri, folder);
        AssertSame(Chat, (await later.AskAsync()).Body);
        Assert.Equal(RequestOutcome.Played, later.Last.Outcome);
        Assert.Equal(1, upstream.Count);
        var cassette = Assert.Single(later.Cassettes);
        Assert.Equal($"{upstream.Uri}v1/v1/chat/completions", cassette.Interactions[0].Url);
        Assert.Equal(KeyExpectation.FromH2, cassette.Interactions[0].KeyAlgorithms);
        Assert.Equal(
            ("openai.types.chat.chat_completion.ChatCompletion", 1),
            (cassette.Interactions[0].Response.Body.Json["__type__"].Text, cassette.Interactions[0].Request.Ordinal)
        );
    }

    [Fact]
    public async Task Once_records_only_where_there_was_nothing()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using (var first = new RecordingSession(upstream.Uri, folder, RecordMode.Once))
        {
            await first.AskAsync();
            await first.AskAsync(HelloStream);
        }

        await using var second = new RecordingSession(upstream.Uri, folder, RecordMode.Once);
        Assert.Equal(200, (await second.AskAsync()).Status);
        Assert.Equal(404, (await second.AskAsync(Hello.Replace("Hello", "Bye", StringComparison.Ordinal))).Status);
        Assert.Equal((2, 2), (upstream.Count, folder.Files.Count));
    }

    [Fact]
    public async Task All_asks_always_and_replaces_what_was_there()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) =>
                exchange.SendAsync(
                    JsonAnswer(Chat.Replace("chatcmpl-7", $"chatcmpl-{number}", StringComparison.Ordinal))
                )
        );
        await using (var first = new RecordingSession(upstream.Uri, folder, RecordMode.All))
        {
            await first.AskAsync();
            await first.AskAsync();
            await first.AskAsync();
            first.AssertHealthy();
            Assert.Equal(3, folder.Files.Count);
        }

        await using var second = new RecordingSession(upstream.Uri, folder, RecordMode.All);
        await second.AskAsync();
        Assert.Equal("chatcmpl-4", Assert.Single(second.Cassettes).Interactions[0].Response.Values[0]["id"].Text);
    }

    [Fact]
    public async Task A_request_that_failed_and_is_sent_again_makes_two_files_that_are_played_in_that_order()
    {
        const string limited =
            """{"error":{"message":"it's too much","type":"rate_limit_error","param":null,"code":null}}""";
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) =>
                exchange.SendAsync(
                    number == 1
                        ? JsonAnswer(limited, 429, new KeyValuePair<string, string>("Retry-After", "1"))
                        : JsonAnswer(Chat)
                )
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        Assert.Equal((429, limited), await session.AskAsync());
        Assert.Equal((200, Chat), await session.AskAsync());
        Assert.Equal(RequestOutcome.Recorded, session.Last.Outcome);
        Assert.Equal((2, 2), (upstream.Count, folder.Files.Count));
        session.AssertHealthy();
        Assert.Equal(
            ["", "-2"],
            session.Cassettes.Select(cassette => cassette.Name[64..^5]).Order(StringComparer.Ordinal)
        );
        var error = session
            .Cassettes.Single(cassette => cassette.Interactions[0].HasError)
            .Interactions[0]
            .Response.Error!;
        Assert.Equal(
            "Error code: 429 - {'error': {'message': \"it's too much\", 'type': 'rate_limit_error', 'param': None, 'code': None}}",
            error.Message
        );
        Assert.Equal(("RateLimitError", "openai", 429), (error.Type, error.Provider, error.Status));

        using var handler = new CassetteMessageHandler(session.Cassettes);
        using var client = new HttpClient(handler) { BaseAddress = upstream.Uri };
        foreach (var status in new[] { 429, 200, 200 })
        {
            using var answer = await client.PostAsync(
                new Uri("v1/chat/completions", UriKind.Relative),
                new StringContent(Hello)
            );
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(status == 429 ? "1" : null, answer.Headers.RetryAfter?.ToString());
        }
    }

    [Fact]
    public async Task Equal_requests_at_once_do_not_wait_for_one_another_and_each_is_recorded()
    {
        using var folder = new TempFolder();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                await go.Task;
                await exchange.SendAsync(JsonAnswer(Chat));
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        var asking = Enumerable.Range(0, 12).Select(_ => session.AskAsync()).ToList();
        var other = session.AskAsync(HelloStream);
        await Soon.UntilAsync(() => upstream.Count == 13, () => $"the upstream got {upstream.Count} requests");
        go.SetResult();
        Assert.All(await Task.WhenAll(asking), answer => Assert.Equal(200, answer.Status));
        await other;
        Assert.Equal((13, 13), (upstream.Count, folder.Files.Count));
        Assert.Equal(13, session.Server.Requests.Count(request => request.Outcome == RequestOutcome.Recorded));
    }

    [Fact]
    public async Task Different_tests_have_their_own_recordings_in_the_folder_that_the_recorder_has_for_them()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var session = new RecordingSession(upstream.Uri, folder);
        foreach (
            var test in new[]
            {
                "tests/integration/a/b/test_x.py::test_1",
                "tests/integration/a/b/test_x.py::test_2",
                "../../etc/test_x.py::test_3",
            }
        )
        {
            await session.AskAsync(Hello, headers: ("X-OGX-Provider-Data", $$"""{"__test_id":"{{test}}"}"""));
        }

        Assert.Equal(3, upstream.Count);
        Assert.Equal(
            ["a/b/recordings", "a/b/recordings", ""],
            session
                .Cassettes.Select(cassette =>
                    Path.GetRelativePath(folder.FullName, Path.GetDirectoryName(cassette.Path)!)
                        .Replace('\\', '/')
                        .Trim('.')
                )
                .OrderDescending()
        );
        session.AssertHealthy();
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused()
    {
        var good = new CassetteServerOptions
        {
            Mode = RecordMode.NewEpisodes,
            Upstream = new Uri("https://api.example.com/v1"),
            RecordTo = "x",
        };
        good.Check();
        foreach (
            var bad in new[]
            {
                good with
                {
                    Mode = RecordMode.None,
                },
                good with
                {
                    Upstream = null,
                },
                good with
                {
                    RecordTo = null,
                },
                good with
                {
                    RecordTo = " ",
                },
                good with
                {
                    Upstream = new Uri("v1", UriKind.Relative),
                },
                good with
                {
                    Upstream = new Uri("ftp://api.example.com/"),
                },
                good with
                {
                    Upstream = new Uri("https://user:word@api.example.com/"),
                },
                good with
                {
                    Upstream = new Uri("https://api.example.com/?a=b"),
                },
                good with
                {
                    Port = 8080,
                    Upstream = new Uri("http://127.0.0.1:8080/v1"),
                },
                good with
                {
                    UpstreamTimeout = TimeSpan.Zero,
                },
            }
        )
        {
            Assert.Throws<ArgumentException>(() => CassetteServer.Start(new List<Cassette>(), bad).Dispose());
        }
    }
}
