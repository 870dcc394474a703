using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using OpenAICassette.Capture;
using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

[Collection(nameof(CaptureCollection))]
public sealed class HttpInterceptionTests : IDisposable
{
    private static readonly CassetteSessionOptions s_replay = new() { Mode = RecordMode.None };
    private readonly TempFolder _folder = new();

    public HttpInterceptionTests() => _folder.AddChat("a/hello.json", "from a");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Clients_from_before_and_after_the_start_are_answered()
    {
        using var before = new HttpClient();
        using var session = CassetteSession.Start(_folder["a"], s_replay);
        using var after = new HttpClient(new SocketsHttpHandler());
        Assert.Contains("from a", await CapturedClient.AskAsync(before), StringComparison.Ordinal);
        Assert.Contains("from a", await CapturedClient.AskAsync(after), StringComparison.Ordinal);
        Assert.Equal(2, session.PlayCount);
    }

    [Fact]
    public void A_synchronous_request_is_answered()
    {
        using var session = CassetteSession.Start(_folder["a"], s_replay);
        using var client = new HttpClient();
        using var request = CapturedClient.Request();
        using var answer = client.Send(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, session.PlayCount);
    }

    [Fact]
    public async Task The_caller_sees_its_own_request_in_the_answer()
    {
        using var session = CassetteSession.Start(_folder["a"], s_replay);
        using var client = new HttpClient();
        using var request = CapturedClient.Request();
        request.Headers.Host = "other.example";
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var fields = request.Headers.ToString();
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Same(request, answer.RequestMessage);
        Assert.Equal(CapturedClient.Service, request.RequestUri);
        Assert.Equal(HttpVersion.Version20, request.Version);
        Assert.Equal(HttpVersionPolicy.RequestVersionExact, request.VersionPolicy);
        Assert.Equal(fields, request.Headers.ToString());
    }

    [Fact]
    public async Task The_activity_of_the_caller_stays_and_leaves_no_field()
    {
        using var session = CassetteSession.Start(_folder["a"], s_replay);
        using var client = new HttpClient();
        using var activity = new Activity("mine").Start();
        using var request = CapturedClient.Request();
        using var answer = await client.SendAsync(request);
        Assert.Same(activity, Activity.Current);
        Assert.Empty(request.Headers.NonValidated);
    }

    [Fact]
    public async Task Without_a_session_nothing_is_changed()
    {
        await using var stub = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer("{}")));
        using (CassetteSession.Start(_folder["a"], s_replay))
        {
            Assert.Contains("from a", await CapturedClient.AskAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("{}", await CapturedClient.AskAsync(service: new Uri(stub.Uri, "v1/chat/completions")));
        Assert.DoesNotContain("traceparent", stub.Headers.Single().Keys);
    }

    [Fact]
    public async Task What_is_recorded_comes_from_the_host_that_the_request_names()
    {
        await using var one = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer(Chat("1"))));
        await using var two = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer(Chat("2"))));
        using (var session = CassetteSession.Start(_folder["new"], new() { Mode = RecordMode.NewEpisodes }))
        {
            using var activity = new Activity("mine").Start();
            Assert.Equal(Chat("1"), await CapturedClient.AskAsync(service: new Uri(one.Uri, "v1/chat/completions")));
            Assert.Equal(Chat("2"), await CapturedClient.AskAsync(service: new Uri(two.Uri, "v1/chat/completions")));
            Assert.Equal(2, session.RecordCount);
        }

        string[] hidden = ["traceparent", CassetteServerOptions.UpstreamHeader];
        Assert.Empty(one.Headers.Concat(two.Headers).SelectMany(fields => fields.Keys).Intersect(hidden));
        var written = string.Concat(_folder.Files.Select(file => File.ReadAllText(_folder[file])));
        Assert.All(hidden, name => Assert.DoesNotContain(name, written, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(one.Uri.Authority, written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_hop_of_a_redirect_is_captured()
    {
        await using var stub = new UpstreamStub(
            (exchange, number) =>
                exchange.SendAsync(
                    number == 1
                        ? UpstreamStub.JsonAnswer(
                            "{}",
                            307,
                            KeyValuePair.Create("Location", "/v1/chat/completions?again")
                        )
                        : UpstreamStub.JsonAnswer(Chat("2"))
                )
        );
        using var session = CassetteSession.Start(_folder["new"], new() { Mode = RecordMode.NewEpisodes });
        using var client = new HttpClient();
        using var request = CapturedClient.Request(new Uri(stub.Uri, "v1/chat/completions"));
        using var answer = await client.SendAsync(request);
        Assert.Equal(Chat("2"), await answer.Content.ReadAsStringAsync());
        Assert.Equal(new Uri(stub.Uri, "v1/chat/completions?again"), answer.RequestMessage!.RequestUri);
        Assert.Equal(2, session.RecordCount);
    }

    [Fact]
    public async Task Links_lead_to_the_service()
    {
        await using var stub = new UpstreamStub(
            (exchange, _) =>
                exchange.SendAsync(
                    UpstreamStub.JsonAnswer(
                        """{"object":"list","data":[]}""",
                        200,
                        new KeyValuePair<string, string>(
                            "Link",
                            $"<http://{exchange.Headers["Host"]}/v1/files?after=1>; rel=next"
                        )
                    )
                )
        );
        using var session = CassetteSession.Start(_folder["new"], new() { Mode = RecordMode.NewEpisodes });
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(stub.Uri, "v1/files"));
        Assert.Equal($"<{stub.Uri}v1/files?after=1>; rel=next", answer.Headers.GetValues("Link").Single());
    }

    [Fact]
    public async Task The_cookies_of_one_host_are_not_sent_to_another()
    {
        var field = KeyValuePair.Create("Set-Cookie", "mine=1; Path=/");
        await using var one = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer(Chat("1"), 200, field))
        );
        await using var two = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer(Chat("2"))));
        using var session = CassetteSession.Start(_folder["new"], new() { Mode = RecordMode.NewEpisodes });
        using var client = new HttpClient();
        using var request = CapturedClient.Request(new Uri(one.Uri, "v1/chat/completions"));
        using var answer = await client.SendAsync(request);
        Assert.Equal(field.Value, answer.Headers.GetValues(field.Key).Single());
        await CapturedClient.AskAsync(client, new Uri(two.Uri, "v1/chat/completions"));
        Assert.DoesNotContain("Cookie", two.Headers.Single().Keys);
    }

    [Fact]
    public async Task A_client_without_events_is_not_captured()
    {
        await using var stub = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer("{}")));
        using var session = CassetteSession.Start(_folder["a"], s_replay);
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        Assert.Equal("{}", await CapturedClient.AskAsync(client, new Uri(stub.Uri, "v1/chat/completions")));
        Assert.Empty(session.Requests);
    }

    [Fact]
    public async Task A_WebSocket_session_is_recorded_and_replayed_for_another_host()
    {
        await using var stub = new UpstreamStub(EchoAsync);
        var service = new UriBuilder(new Uri(stub.Uri, "v1/realtime?model=m")) { Scheme = "ws" }.Uri;
        using (var recording = CassetteSession.Start(_folder["socket"], new() { Mode = RecordMode.NewEpisodes }))
        {
            Assert.Equal("hello", await TalkAsync(service));
            await recording.Server.StopAsync();
            Assert.Equal(RequestOutcome.Recorded, Assert.Single(recording.Requests).Outcome);
        }

        using var session = CassetteSession.Start(_folder["socket"], s_replay);
        Assert.Equal("hello", await TalkAsync(new Uri("wss://service.example/v1/realtime?model=m")));
        Assert.Equal(1, stub.Count);
    }

    private static async ValueTask EchoAsync(HttpExchange exchange, int number)
    {
        using var socket = await WebSocketHandshake.AcceptAsync(exchange, null);
        while (
            await SocketMessages.ReceiveAsync(socket, FrameDirection.Received, CancellationToken.None) is { } message
            && await SocketMessages.SendAsync(socket, message, CancellationToken.None)
            && message.Kind != FrameKind.Close
        ) { }
    }

    private static async Task<string> TalkAsync(Uri service)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(service, CancellationToken.None);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    [Fact]
    public async Task The_default_proxy_is_not_asked()
    {
        var before = HttpClient.DefaultProxy;
        try
        {
            HttpClient.DefaultProxy = new WebProxy("http://127.0.0.1:9");
            using var session = CassetteSession.Start(_folder["a"], s_replay);
            Assert.Contains("from a", await CapturedClient.AskAsync(), StringComparison.Ordinal);
            Assert.Equal(9, HttpClient.DefaultProxy.GetProxy(CapturedClient.Service)!.Port);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(true, "0", null)]
    [InlineData(false, null, "setting System.Net.Http.EnableActivityPropagation")]
    [InlineData(null, "0", "variable DOTNET_SYSTEM_NET_HTTP_ENABLEACTIVITYPROPAGATION is '0'")]
    [InlineData(null, "False", "is 'False'")]
    [InlineData(null, "1", null)]
    public void Switched_off_events_are_found(bool? setting, string? variable, string? reason) =>
        Assert.Contains(
            reason ?? string.Empty,
            HttpInterception.WhyOff(setting, variable) ?? string.Empty,
            StringComparison.Ordinal
        );

    private static string Chat(string content) => UpstreamStub.Chat.Replace("Hé", content, StringComparison.Ordinal);
}
