using System.Net;

namespace OpenAICassette.Tests;

public sealed class MessageHandlerRecordingTests : IDisposable
{
    private static readonly CassetteSessionOptions s_new = new() { Mode = RecordMode.NewEpisodes };
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_inner_handler_answers_is_recorded_and_then_replayed_without_it()
    {
        using var inner = new FixedHandler(UpstreamStub.Chat);
        using (var handler = new CassetteMessageHandler(_folder["new"], s_new, inner))
        using (var client = new HttpClient(handler))
        {
            using var request = CapturedClient.Request();
            using var answer = await client.SendAsync(request);
            Assert.Equal(UpstreamStub.Chat, await answer.Content.ReadAsStringAsync());
            Assert.Equal(CapturedClient.Service, answer.RequestMessage!.RequestUri);
            Assert.Equal(RequestOutcome.Recorded, handler.Requests.Single().Outcome);
            handler.Verify();
        }

        Assert.Equal(CapturedClient.Service.ToString(), inner.Asked.Single()?.ToString());
        using var replay = new CassetteMessageHandler(_folder["new"], s_new with { Mode = RecordMode.None });
        using var replayed = new HttpClient(replay);
        RecordingSession.AssertSame(UpstreamStub.Chat, await CapturedClient.AskAsync(replayed));
        Assert.Single(replay.Played);
        Assert.Empty(replay.Unused);
    }

    [Fact]
    public void A_synchronous_request_is_recorded()
    {
        using var handler = new CassetteMessageHandler(_folder["new"], s_new, new FixedHandler(UpstreamStub.Chat));
        using var client = new HttpClient(handler);
        using var request = CapturedClient.Request();
        using var answer = client.Send(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(handler.Played);
    }

    [Fact]
    public async Task Misses_fail_the_assertion()
    {
        _folder.AddChat("a/hello.json", "Hi", asked: "Something else");
        using var handler = new CassetteMessageHandler(_folder["a"]);
        using var client = new HttpClient(handler);
        await CapturedClient.AskAsync(client);
        var problem = Assert.Throws<CassetteVerificationException>(handler.Verify);
        Assert.Equal(handler.Misses, problem.Misses);
        Assert.Single(handler.Unused);
        Assert.Empty(handler.Played);
    }

    [Fact]
    public async Task A_lost_recording_fails_the_assertion()
    {
        using var handler = new CassetteMessageHandler(
            _folder["new"],
            s_new with
            {
                Upstream = new("http://127.0.0.1:9"),
            }
        );
        using var client = new HttpClient(handler);
        await CapturedClient.AskAsync(client);
        Assert.Equal(handler.Lost, Assert.Throws<CassetteVerificationException>(handler.Verify).Lost);
    }

    private sealed class FixedHandler(string answer) : HttpMessageHandler
    {
        public List<Uri?> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Asked.Add(request.RequestUri);
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(answer, null, "application/json"),
                }
            );
        }
    }
}
