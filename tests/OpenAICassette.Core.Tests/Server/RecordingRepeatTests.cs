using System.Text;
using System.Text.Json;
using OpenAICassette.Formats.LlamaStack;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>
/// What a recording may answer while others are made: only what was there before, and only the very same request.
/// </summary>
public class RecordingRepeatTests
{
    private const string Page = """{"object":"list","data":[{"id":"NUMBER"}],"has_more":MORE}""";

    private static readonly string[] s_members =
    [
        "\"seed\":1",
        "\"seed\":2",
        "\"user\":\"a\"",
        "\"user\":\"b\"",
        "\"metadata\":{\"a\":\"1\"}",
        "\"metadata\":{\"a\":\"2\"}",
        "\"store\":true",
        "\"store\":false",
    ];

    [Theory]
    [InlineData(RecordMode.Once)]
    [InlineData(RecordMode.NewEpisodes)]
    public async Task Pages_are_recorded_each_and_one_that_was_not_is_missed(RecordMode mode)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) => exchange.SendAsync(JsonAnswer(PageOf(exchange.Query, last: "after=b")))
        );
        await using (var session = new RecordingSession(upstream.Uri, folder, mode))
        {
            foreach (var query in new[] { "", "?after=a", "?after=b" })
            {
                Assert.Equal(
                    (200, PageOf(query.TrimStart('?'), last: "after=b")),
                    await session.GetAsync($"/v1/files{query}")
                );
            }
        }

        Assert.Equal((3, 3), (upstream.Count, folder.Files.Count));
        await using var later = new RecordingSession(upstream.Uri, folder, RecordMode.Once);
        foreach (var query in new[] { "?after=b", "", "?after=a" })
        {
            AssertSame(PageOf(query.TrimStart('?'), last: "after=b"), (await later.GetAsync($"/v1/files{query}")).Body);
        }

        var (status, body) = await later.GetAsync("/v1/files?after=c");
        Assert.Equal((404, 3), (status, upstream.Count));
        Assert.Contains("query", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_models_are_no_one_list()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) => exchange.SendAsync(JsonAnswer(PageOf(exchange.Query, last: "after_id=a")))
        );
        await using (var session = new RecordingSession(upstream.Uri, folder))
        {
            await session.GetAsync("/v1/models");
            await session.GetAsync("/v1/models?after_id=a");
        }

        await using var later = new RecordingSession(upstream.Uri, folder, RecordMode.Once);
        AssertSame(PageOf("", last: "after_id=a"), (await later.GetAsync("/v1/models")).Body);
        AssertSame(PageOf("after_id=a", last: "after_id=a"), (await later.GetAsync("/v1/models?after_id=a")).Body);
        Assert.Equal(404, (await later.GetAsync("/v1/models?after_id=b")).Status);
    }

    [Theory]
    [InlineData(RecordMode.Once)]
    [InlineData(RecordMode.NewEpisodes)]
    public async Task What_is_polled_is_asked_each_time_and_played_in_that_order(RecordMode mode)
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) => exchange.SendAsync(JsonAnswer(StateOf(number)))
        );
        await using (var session = new RecordingSession(upstream.Uri, folder, mode))
        {
            for (var number = 1; number <= 3; number++)
            {
                Assert.Equal((200, StateOf(number)), await session.GetAsync("/v1/batches/batch_1"));
            }
        }

        await using (var later = new RecordingSession(upstream.Uri, folder, RecordMode.Once))
        {
            foreach (var number in new[] { 1, 2, 3, 3 })
            {
                AssertSame(StateOf(number), (await later.GetAsync("/v1/batches/batch_1")).Body);
            }
        }

        // Where more may be recorded each recording from before answers once; then the service is asked again.
        await using var more = new RecordingSession(upstream.Uri, folder, RecordMode.NewEpisodes);
        foreach (var number in new[] { 1, 2, 3, 4 })
        {
            AssertSame(StateOf(number), (await more.GetAsync("/v1/batches/batch_1")).Body);
        }

        Assert.Equal((4, 4), (upstream.Count, folder.Files.Count));
    }

    [Theory]
    [InlineData(RecordMode.Once)]
    [InlineData(RecordMode.NewEpisodes)]
    public async Task Requests_that_differ_in_a_member_that_changes_from_run_to_run_are_each_asked(RecordMode mode)
    {
        string[] bodies = [.. from member in s_members select $"{Hello[..^1]},{member}}}"];
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) => exchange.SendAsync(JsonAnswer(ChatOf(number)))
        );
        foreach (var count in new[] { 4, 8 })
        {
            // The first four are there when the other four are asked.
            await using var session = new RecordingSession(
                upstream.Uri,
                folder,
                count == 4 ? mode : RecordMode.NewEpisodes
            );
            for (var i = 0; i < count; i++)
            {
                AssertSame(ChatOf(i + 1), (await session.AskAsync(bodies[i])).Body);
            }
        }

        Assert.Equal((8, 8), (upstream.Count, folder.Files.Count));
        await using var later = new RecordingSession(upstream.Uri, folder, RecordMode.Once);
        for (var i = 7; i >= 0; i--)
        {
            AssertSame(ChatOf(i + 1), (await later.AskAsync(bodies[i])).Body);
        }
    }

    [Fact]
    public async Task Two_services_that_are_asked_the_same_each_answer_for_themselves()
    {
        const string token = "owner";
        using var folder = new TempFolder();
        await using var one = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(ChatOf(1))));
        await using var two = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(ChatOf(2))));
        for (var run = 0; run < 2; run++)
        {
            await using var session = new RecordingSession(one.Uri, folder, token: token);
            foreach (var (service, number) in run == 0 ? new[] { (one, 1), (two, 2) } : [(two, 2), (one, 1)])
            {
                AssertSame(
                    ChatOf(number),
                    (
                        await session.AskAsync(
                            headers: (CassetteServerOptions.UpstreamHeader, $"{token} {service.Uri}")
                        )
                    ).Body
                );
            }
        }

        Assert.Equal((1, 1, 2), (one.Count, two.Count, folder.Files.Count));
    }

    [Fact]
    public async Task A_head_is_not_the_get_that_was_recorded()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) =>
                exchange.SendAsync(
                    JsonAnswer(StateOf(number), 200, new KeyValuePair<string, string>("x-request-id", $"{number}"))
                )
        );
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.NewEpisodes, RecordMode.Once })
        {
            await using var session = new RecordingSession(upstream.Uri, folder, mode);
            AssertSame(StateOf(1), (await session.GetAsync("/v1/files/f1")).Body);
            using var head = await session.SendAsync(HttpMethod.Head, "/v1/files/f1");
            Assert.Equal("2", Assert.Single(head.Headers.GetValues("x-request-id")));
        }

        Assert.Equal((2, 2), (upstream.Count, folder.Files.Count));
    }

    [Fact]
    public async Task A_recording_of_the_recorder_answers_the_very_same_request_while_others_are_made()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(ChatOf(2))));
        var draft = new SdkExchange
        {
            Url = $"{upstream.Uri}v1/v1/chat/completions",
            Endpoint = "/v1/chat/completions",
            Body = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(Hello)),
            Objects =
            [
                new RecordedObject(
                    JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(ChatOf(1))),
                    "openai.types.chat.chat_completion.ChatCompletion"
                ),
            ],
            KeepsIds = true,
        };
        var cassette = draft.ToCassette();
        CassetteStore.Save(cassette, folder[cassette.Name]);
        await using var session = new RecordingSession(upstream.Uri, folder);
        AssertSame(ChatOf(1), (await session.AskAsync()).Body);
        AssertSame(ChatOf(2), (await session.AskAsync($"{Hello[..^1]},\"seed\":1}}")).Body);
        Assert.Equal(1, upstream.Count);
    }

    [Fact]
    public async Task A_link_leads_to_the_next_page_here_and_is_kept()
    {
        using var folder = new TempFolder();
        UpstreamStub upstream = null!;
        await using var made = upstream = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    JsonAnswer(
                        PageOf(exchange.Query, last: "after=a"),
                        200,
                        new KeyValuePair<string, string>("Link", $"<{upstream.Uri}v1/files?after=a>; rel=\"next\"")
                    )
                )
        );
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.Once })
        {
            await using var session = new RecordingSession(upstream.Uri, folder, mode);
            using var first = await session.SendAsync(HttpMethod.Get, "/v1/files");
            await first.Content.ReadAsStringAsync();
            Assert.Equal(
                $"<{session.Server.Uri}v1/files?after=a>; rel=\"next\"",
                Assert.Single(first.Headers.GetValues("Link"))
            );
            AssertSame(PageOf("after=a", last: "after=a"), (await session.GetAsync("/v1/files?after=a")).Body);
        }

        Assert.Equal(2, upstream.Count);
    }

    [Fact]
    public async Task A_request_does_not_wait_for_the_same_one_whose_client_has_gone()
    {
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            async (exchange, number) =>
            {
                if (number == 1)
                {
                    await Task.Delay(Timeout.Infinite, exchange.Stopping)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return;
                }

                await exchange.SendAsync(JsonAnswer(Chat));
            }
        );
        await using var session = new RecordingSession(upstream.Uri, folder);
        using var impatient = new CancellationTokenSource();
        using var client = new HttpClient { BaseAddress = session.Server.Uri };
        var first = client.PostAsync(
            new Uri("v1/chat/completions", UriKind.Relative),
            new StringContent(Hello),
            impatient.Token
        );
        await Soon.UntilAsync(() => upstream.Count == 1, () => $"the upstream got {upstream.Count} requests");
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal((200, Chat), await session.AskAsync());
        Assert.Equal(2, upstream.Count);
    }

    [Theory]
    [InlineData(RecordMode.NewEpisodes)]
    [InlineData(RecordMode.All)]
    public async Task Two_servers_that_record_into_one_folder_overwrite_nothing(RecordMode mode)
    {
        const int each = 24;
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub(
            (exchange, number) => exchange.SendAsync(JsonAnswer(ChatOf(number)))
        );
        await using var one = new RecordingSession(upstream.Uri, folder, mode);
        await using var two = new RecordingSession(upstream.Uri, folder, mode);
        await Task.WhenAll(Enumerable.Range(0, each).SelectMany(_ => new[] { one.AskAsync(), two.AskAsync() }));
        Assert.All(one.Server.Requests.Concat(two.Server.Requests), request =>
            Assert.Equal((RequestOutcome.Recorded, null), (request.Outcome, request.Error))
        );
        Assert.Equal(2 * each, folder.Files.Count);
        Assert.Equal(
            2 * each,
            one.Cassettes.Select(cassette => cassette.Interactions[0].Response.Values[0]["id"].Text)
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
        Assert.Equal(
            Enumerable.Range(1, 2 * each),
            one.Cassettes.Select(cassette => cassette.Interactions[0].Request.Ordinal).Order()
        );
        one.AssertHealthy();
    }

    private static string PageOf(string query, string last) =>
        Page.Replace(
                "NUMBER",
                query.Length == 0 ? "first" : JsonEncodedText.Encode(query).ToString(),
                StringComparison.Ordinal
            )
            .Replace("MORE", query == last ? "false" : "true", StringComparison.Ordinal);

    private static string StateOf(int number) =>
        $$"""{"id":"batch_1","object":"batch","status":"{{(number < 3 ? "validating" : "completed")}}","number":{{number}}}""";

    private static string ChatOf(int number) =>
        Chat.Replace("chatcmpl-7", $"chatcmpl-{number}", StringComparison.Ordinal);
}
