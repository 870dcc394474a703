using System.Net.WebSockets;
using System.Text;

namespace OpenAICassette.Tests;

public sealed class SessionReplayTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_recorded_session_answers_each_message_when_it_has_come()
    {
        await using var server = CassetteServer.Start([Recorded("a.json", Hello, "one")]);
        using var client = await OpenAsync(server);
        Assert.Equal("""{"type":"session.created"}""", await ReceiveAsync(client));
        await SendAsync(client, """{"event_id":"evt_other","type":"hello"}""");
        Assert.Equal("""{"said":"one"}""", await ReceiveAsync(client));
        Assert.Equal("""{"type":"done"}""", await ReceiveAsync(client));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default);
        await server.DisposeAsync();
        var request = Assert.Single(server.Requests);
        Assert.Equal(
            ("WEBSOCKET", "/v1/realtime", RequestOutcome.Played, 101),
            (request.Method, request.Path, request.Outcome, request.Status)
        );
        Assert.Empty(server.Unused);
    }

    [Fact]
    public async Task The_session_whose_messages_the_client_sends_is_played_whatever_their_order()
    {
        await using var server = CassetteServer.Start([
            Recorded("a.json", Hello, "one"),
            Recorded("b.json", """{"type":"other"}""", "two"),
        ]);
        foreach (var (message, answer) in new[] { ("""{"type":"other"}""", "two"), (Hello, "one") })
        {
            using var client = await OpenAsync(server);
            await ReceiveAsync(client);
            await SendAsync(client, message);
            Assert.Equal($$"""{"said":"{{answer}}"}""", await ReceiveAsync(client));
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        }

        await server.DisposeAsync();
        Assert.Equal((0, 2), (server.Unused.Count, server.Requests.Count));
        Assert.Equal(["b.json", "a.json"], server.Requests.Select(each => each.Interaction!.Cassette.Name));
    }

    [Fact]
    public async Task A_message_that_was_not_recorded_ends_the_session_and_is_explained()
    {
        await using var server = CassetteServer.Start([Recorded("a.json", Hello, "one")]);
        using var client = await OpenAsync(server);
        await ReceiveAsync(client);
        await SendAsync(client, """{"type":"hellooo"}""");
        Assert.Null(await ReceiveAsync(client));
        Assert.Equal((WebSocketCloseStatus)1008, client.CloseStatus);
        Assert.Contains("nearest is a.json", client.CloseStatusDescription, StringComparison.Ordinal);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        await server.DisposeAsync();
        Assert.Equal(1, server.MissCount);
        Assert.Equal("message 1 of the client: type: recorded 'hello', got 'hellooo'", server.Requests[0].Miss!.Reason);
    }

    [Fact]
    public async Task A_session_that_was_not_recorded_is_refused_with_an_explanation()
    {
        await using var server = CassetteServer.Start([Recorded("a.json", Hello, "one")]);
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        var uri = new Uri($"ws://{server.Uri.Authority}/v1/other");
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(uri, default));
        Assert.Equal(404, (int)client.HttpStatusCode);
        Assert.Equal(RequestOutcome.Missed, Assert.Single(server.Requests).Outcome);
    }

    [Fact]
    public async Task Clients_at_the_same_time_each_have_their_session()
    {
        var cassettes = Enumerable
            .Range(0, 8)
            .Select(n => Recorded($"{n}.json", $$"""{"type":"hello","n":{{n}}}""", $"{n}"));
        await using var server = CassetteServer.Start(cassettes);
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Reverse()
                .Select(async n =>
                {
                    using var client = await OpenAsync(server);
                    await ReceiveAsync(client);
                    await SendAsync(client, $$"""{"type":"hello","n":{{n}}}""");
                    Assert.Equal($$"""{"said":"{{n}}"}""", await ReceiveAsync(client));
                    await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
                })
        );
        await server.DisposeAsync();
        Assert.Equal((8, 0, 0), (server.RequestCount, server.MissCount, server.Unused.Count));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_open_a_session()
    {
        await using var server = CassetteServer.Start([Recorded("a.json", Hello, "one")]);
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        client.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(Address(server), default));
        Assert.Equal(403, (int)client.HttpStatusCode);
    }

    [Fact]
    public async Task The_end_that_the_service_sent_is_sent_with_its_code()
    {
        await using var server = CassetteServer.Start([
            Recorded("a.json", Hello, "one", ""","close":{"code":4001,"reason":"too long"}"""),
        ]);
        using var client = await OpenAsync(server);
        await ReceiveAsync(client);
        await SendAsync(client, Hello);
        await ReceiveAsync(client);
        await ReceiveAsync(client);
        Assert.Null(await ReceiveAsync(client));
        Assert.Equal((4001, "too long"), ((int?)client.CloseStatus, client.CloseStatusDescription));
    }

    private const string Hello = """{"type":"hello"}""";

    private static Cassette Recorded(string name, string message, string answer, string close = "")
    {
        var open = $$"""{"url":"wss://api.openai.com/v1/realtime?model=m","headers":{}{{close}}}""";
        string[] events =
        [
            Event("server", """{"type":"session.created"}"""),
            Event("client", message.Replace("{\"type", "{\"event_id\":\"evt_1\",\"type", StringComparison.Ordinal)),
            Event("server", $$"""{"said":"{{answer}}"}"""),
            Event("server", """{"type":"done"}"""),
        ];
        var text =
            $$"""{"version":1,"interactions":[{"transport":"websocket","open":{{open}},"events":[{{string.Join(',', events)}}]}]}""";
        return CassetteStore.Open(Encoding.UTF8.GetBytes(text), CassetteOrigin.OfMemory(name));
    }

    private static string Event(string direction, string message) =>
        $$"""{"direction":"{{direction}}","kind":"text","body":{{System.Text.Json.JsonSerializer.Serialize(message)}}}""";

    private static Uri Address(CassetteServer server) => new($"ws://{server.Uri.Authority}/v1/realtime?model=m");

    private static async Task<ClientWebSocket> OpenAsync(CassetteServer server)
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(Address(server), default).WaitAsync(s_long);
        return client;
    }

    private static Task SendAsync(ClientWebSocket client, string message) =>
        client.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, default);

    private static async Task<string?> ReceiveAsync(ClientWebSocket client)
    {
        var buffer = new byte[4096];
        var received = await client.ReceiveAsync(buffer, default).WaitAsync(s_long);
        return received.MessageType == WebSocketMessageType.Close
            ? null
            : Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
