using System.ClientModel;
using OpenAI;
using OpenAI.Chat;
using OpenAICassette.Capture;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

[Collection(nameof(CaptureCollection))]
public sealed class StartedSessionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_run_records_and_the_second_replays_without_the_service()
    {
        var options = new CassetteSessionOptions { Mode = RecordMode.Once };
        Uri service;
        await using (
            var stub = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer(UpstreamStub.Chat)))
        )
        {
            service = new Uri(stub.Uri, "v1/chat/completions");
            using var session = CassetteSession.Start(_folder["new"], options);
            Assert.Equal(UpstreamStub.Chat, await CapturedClient.AskAsync(service: service));
            Assert.Equal(1, session.RecordCount);
        }

        await using var replay = CassetteSession.Start(_folder["new"], options with { RequireAllUsed = true });
        RecordingSession.AssertSame(UpstreamStub.Chat, await CapturedClient.AskAsync(service: service));
        Assert.Equal(1, replay.PlayCount);
    }

    [Fact]
    public async Task Services_that_are_asked_the_same_each_give_their_own_answer_and_their_own_addresses()
    {
        await using var one = new UpstreamStub((exchange, _) => exchange.SendAsync(Linked("one")));
        await using var two = new UpstreamStub((exchange, _) => exchange.SendAsync(Linked("two")));
        var hosts = new Dictionary<string, Uri> { ["one.example"] = one.Uri, ["two.example"] = two.Uri };
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.None })
        {
            var options = new CassetteSessionOptions { Mode = mode, UpstreamOfHost = hosts };
            await using var session = CassetteSession.Start(_folder["new"], options);
            foreach (var host in (string[])["two", "one"])
            {
                var service = new Uri($"https://{host}.example/v1/batches/b");
                Assert.Equal(LinkTo(host), await CapturedClient.AskAsync(service: service));
            }
        }

        Assert.Equal((1, 1), (one.Count, two.Count));
    }

    [Fact]
    public async Task The_OpenAI_client_is_answered_for_its_own_address()
    {
        _folder.AddChat("a/hello.json", "Hi there.");
        using var session = Replay();
        var client = new ChatClient("m", new ApiKeyCredential("cassette"), new OpenAIClientOptions());
        ChatCompletion answer = await client.CompleteChatAsync("Hello");
        Assert.Equal("Hi there.", answer.Content[0].Text);
    }

    [Fact]
    public async Task A_cassette_is_named_after_the_test_that_starts_it()
    {
        // Nothing is written where nothing is recorded.
        using var session = CassetteSession.Start(new() { Mode = RecordMode.Once, Case = "one" });
        var names = session.Path.Replace('\\', '/').Split('/');
        Assert.Equal(
            [
                "Capture",
                "cassettes",
                "StartedSessionTests",
                nameof(A_cassette_is_named_after_the_test_that_starts_it),
                "one",
            ],
            names[^5..]
        );
        await Task.Yield();
        Assert.False(Path.Exists(session.Path));
    }

    [Fact]
    public async Task A_miss_fails_the_end_of_the_session_though_the_code_swallowed_it()
    {
        _folder.AddChat("a/hello.json", "Hi", asked: "Something else");
        var session = Replay();
        Assert.Contains("cassette_miss", await CapturedClient.AskAsync(), StringComparison.Ordinal);
        var problem = Assert.Throws<CassetteVerificationException>(session.Dispose);
        Assert.Contains("recorded 'Something else', got 'Hello'", problem.Message, StringComparison.Ordinal);
        Assert.Single(problem.Misses);
        Assert.Null(problem.InnerException);
    }

    [Fact]
    public async Task The_error_that_came_from_a_miss_is_kept()
    {
        _folder.AddChat("a/hello.json", "Hi", asked: "Something else");
        var problem = await Assert.ThrowsAsync<CassetteVerificationException>(async () =>
        {
            await using var session = Replay();
            await CapturedClient.AskAsync();
            throw new InvalidOperationException("mine");
        });
        Assert.Equal("mine", problem.InnerException!.Message);
    }

    [Fact]
    public void The_error_of_a_session_without_a_problem_is_its_own()
    {
        _folder.AddChat("a/hello.json", "Hi");
        Assert.Throws<InvalidOperationException>(Fail);

        void Fail()
        {
            using var session = Replay();
            throw new InvalidOperationException("mine");
        }
    }

    [Fact]
    public async Task What_an_assertion_has_reported_is_not_reported_again()
    {
        _folder.AddChat("a/hello.json", "Hi", asked: "Something else");
        using var session = Replay();
        await CapturedClient.AskAsync();
        Assert.Throws<CassetteVerificationException>(session.Verify);
    }

    [Fact]
    public async Task A_recording_that_is_lost_fails_the_end_of_the_session()
    {
        await using var stub = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer("{}")));
        var options = new CassetteSessionOptions
        {
            Mode = RecordMode.NewEpisodes,
            Upstream = new Uri("http://127.0.0.1:9"),
        };
        var session = CassetteSession.Start(_folder["new"], options);
        Assert.Contains("APIConnectionError", await CapturedClient.AskAsync(), StringComparison.Ordinal);
        var problem = Assert.Throws<CassetteVerificationException>(session.Dispose);
        Assert.Contains("POST /v1/chat/completions: not recorded", problem.Message, StringComparison.Ordinal);
        Assert.Single(problem.Lost);
    }

    [Fact]
    public void Recordings_that_are_not_played_can_fail_the_end_of_the_session()
    {
        _folder.AddChat("a/hello.json", "Hi");
        var session = CassetteSession.Start(_folder["a"], new() { Mode = RecordMode.None, RequireAllUsed = true });
        var problem = Assert.Throws<CassetteVerificationException>(session.Dispose);
        Assert.Contains("not played: hello.json", problem.Message, StringComparison.Ordinal);
        Assert.Single(problem.Unused);
    }

    [Fact]
    public async Task An_ended_session_captures_nothing()
    {
        _folder.AddChat("a/hello.json", "Hi");
        await using (Replay())
        {
            Assert.True(OpenSessions.Any);
        }

        Assert.False(OpenSessions.Any);
        await using var stub = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer("{}")));
        Assert.Equal("{}", await CapturedClient.AskAsync(service: new Uri(stub.Uri, "v1/chat/completions")));
    }

    private CassetteSession Replay() => CassetteSession.Start(_folder["a"], new() { Mode = RecordMode.None });

    private static RenderedResponse Linked(string host) => UpstreamStub.JsonAnswer(LinkTo(host));

    private static string LinkTo(string host) => $$"""{"id":"b","url":"https://{{host}}.example/v1/results"}""";
}
