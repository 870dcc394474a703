using System.Net.WebSockets;
using System.Text;
using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

public sealed class SessionRecordingTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_is_recorded_with_directions_times_and_its_end_and_replayed()
    {
        await using var upstream = new UpstreamStub((exchange, _) => EchoAsync(exchange));
        await using (var recording = new RecordingSession(upstream.Uri, _folder))
        {
            await TalkAsync(recording.Server);
            await UntilAsync(recording.Server);
            Assert.Equal(
                (RequestOutcome.Recorded, 101, "WEBSOCKET"),
                (recording.Last.Outcome, recording.Last.Status, recording.Last.Method)
            );
        }

        var interaction = CassetteStore.Open(_folder[Assert.Single(_folder.Files)]).Interactions[0];
        Assert.Equal("WEBSOCKET", interaction.Method);
        Assert.StartsWith("ws://127.0.0.1", interaction.Url, StringComparison.Ordinal);
        Assert.EndsWith("/v1/realtime?model=m", interaction.Url, StringComparison.Ordinal);
        Assert.Equal(
            [
                (FrameKind.TextMessage, FrameDirection.Received, "welcome"),
                (FrameKind.TextMessage, FrameDirection.Sent, """{"type":"first","event_id":"1"}"""),
                (FrameKind.TextMessage, FrameDirection.Received, """{"type":"first","event_id":"1"}"""),
                (FrameKind.BinaryMessage, FrameDirection.Sent, "\u0001\u0002"),
                (FrameKind.BinaryMessage, FrameDirection.Received, "\u0001\u0002"),
                (FrameKind.Close, FrameDirection.Sent, "\u0003\u00e8bye"),
            ],
            interaction.Response.Frames.Select(frame =>
                (frame.Kind, frame.Direction, Encoding.Latin1.GetString(frame.Data.Span))
            )
        );
        var times = interaction.Response.Frames.Select(frame => frame.At!.Value).ToList();
        Assert.Equal(times.Order(), times);

        await using var replay = new RecordingSession(upstream.Uri, _folder, RecordMode.None);
        await TalkAsync(replay.Server, eventId: "other");
        await UntilAsync(replay.Server);
        Assert.Equal((RequestOutcome.Played, 1), (replay.Last.Outcome, upstream.Count));
        Assert.Empty(replay.Server.Unused);
    }

    [Fact]
    public async Task No_secret_of_a_session_reaches_the_disk_and_the_session_is_replayed_with_another_key()
    {
        var key = PlantedKey.Of("openai-api-key");
        await using var upstream = new UpstreamStub((exchange, _) => EchoAsync(exchange));
        await using (var recording = new RecordingSession(upstream.Uri, _folder))
        {
            await TalkAsync(recording.Server, key: key);
            await UntilAsync(recording.Server);
            Assert.Equal(RequestOutcome.Recorded, recording.Last.Outcome);
        }

        var text = await File.ReadAllTextAsync(_folder[Assert.Single(_folder.Files)]);
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
        Assert.Contains("REDACTED_", text, StringComparison.Ordinal);
        await using var replay = new RecordingSession(upstream.Uri, _folder, RecordMode.None);
        await TalkAsync(replay.Server, key: PlantedKey.Of("openai-api-key"), isScrubbed: true);
        await UntilAsync(replay.Server);
        Assert.Equal(RequestOutcome.Played, replay.Last.Outcome);
    }

    [Fact]
    public async Task A_service_that_refuses_the_session_is_not_recorded_and_the_client_gets_its_status()
    {
        await using var upstream = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(ErrorResponse.Create(401, "no key"))
        );
        await using var recording = new RecordingSession(upstream.Uri, _folder);
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(Address(recording.Server), default));
        Assert.Equal(401, (int)client.HttpStatusCode);
        await UntilAsync(recording.Server);
        Assert.Equal(
            (true, "not recorded: the upstream refused the WebSocket with status 401"),
            (recording.Last.IsLost, recording.Last.Error)
        );
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task A_path_that_leads_out_of_the_upstream_is_not_opened_there()
    {
        await using var upstream = new UpstreamStub((exchange, _) => EchoAsync(exchange));
        await using var recording = new RecordingSession(upstream.Uri, _folder);
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        var address = new Uri($"ws://{recording.Server.Uri.Authority}/v1/%2e%2e%2fother");
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(address, default));
        Assert.Equal((400, 0), ((int)client.HttpStatusCode, upstream.Count));
        Assert.Equal(RequestOutcome.Failed, recording.Last.Outcome);
    }

    [Fact]
    public async Task A_session_that_the_service_breaks_off_breaks_off_for_the_client_and_is_recorded()
    {
        await using var upstream = new UpstreamStub(
            async (exchange, _) =>
            {
                using var socket = await WebSocketHandshake.AcceptAsync(exchange, null);
                await SendAsync(socket, "half");
                exchange.Abort();
            }
        );
        await using var recording = new RecordingSession(upstream.Uri, _folder);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(Address(recording.Server), default);
        Assert.Equal("half", await ReceiveAsync(client));
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync(client));
        await UntilAsync(recording.Server);
        Assert.Equal((RequestOutcome.Failed, "the session broke off"), (recording.Last.Outcome, recording.Last.Error));
        Assert.Single(_folder.Files);
    }

    [Fact]
    public async Task A_client_that_ends_without_a_word_had_a_session_that_is_recorded_and_played()
    {
        await using var upstream = new UpstreamStub((exchange, _) => EchoAsync(exchange));
        foreach (var mode in new[] { RecordMode.NewEpisodes, RecordMode.None })
        {
            await using var session = new RecordingSession(upstream.Uri, _folder, mode);
            using (var client = new ClientWebSocket())
            {
                await client.ConnectAsync(Address(session.Server), default);
                Assert.Equal("welcome", await ReceiveAsync(client));
                await SendAsync(client, "hello");
                Assert.Equal("hello", await ReceiveAsync(client));
                client.Abort();
            }

            await UntilAsync(session.Server);
            Assert.Equal(
                (mode == RecordMode.None ? RequestOutcome.Played : RequestOutcome.Recorded, null),
                (session.Last.Outcome, session.Last.Error)
            );
        }

        Assert.Equal(1, upstream.Count);
    }

    [Fact]
    public async Task A_session_that_begins_with_another_message_than_the_recorded_one_is_recorded_too()
    {
        await using var upstream = new UpstreamStub((exchange, _) => EchoAsync(exchange));
        var sessions = new[]
        {
            ("one", RequestOutcome.Recorded, 0),
            ("two", RequestOutcome.Recorded, 1),
            ("one", RequestOutcome.Played, 1),
            ("two", RequestOutcome.Played, 1),
        };
        foreach (var (said, outcome, unused) in sessions)
        {
            await using var session = new RecordingSession(upstream.Uri, _folder);
            using var client = new ClientWebSocket();
            await client.ConnectAsync(Address(session.Server), default);
            Assert.Equal("welcome", await ReceiveAsync(client));
            await SendAsync(client, said);
            Assert.Equal(said, await ReceiveAsync(client));
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default).WaitAsync(s_long);
            await UntilAsync(session.Server);
            Assert.Equal(
                (outcome, null, unused),
                (session.Last.Outcome, session.Last.Error, session.Server.Unused.Count)
            );
        }

        Assert.Equal(2, upstream.Count);
        Assert.Equal(
            ["welcome one one", "welcome two two"],
            _folder
                .Files.Select(file => CassetteStore.Open(_folder[file]).Interactions[0].Response.Frames)
                .Select(frames => frames.Where(frame => frame.Kind == FrameKind.TextMessage))
                .Select(texts => string.Join(' ', texts.Select(frame => Encoding.UTF8.GetString(frame.Data.Span))))
                .Order()
        );
    }

    [Fact]
    public async Task A_session_that_goes_on_otherwise_is_closed_so_that_the_client_opens_it_again_and_it_is_recorded()
    {
        await using var upstream = new UpstreamStub((exchange, _) => EchoAsync(exchange));
        await using (var recording = new RecordingSession(upstream.Uri, _folder))
        {
            await TalkAsync(recording.Server);
            await UntilAsync(recording.Server);
        }

        await using var session = new RecordingSession(upstream.Uri, _folder);
        using (var client = new ClientWebSocket())
        {
            await client.ConnectAsync(Address(session.Server), default);
            await ReceiveAsync(client);
            await SendAsync(client, """{"type":"first","event_id":"1"}""");
            await ReceiveAsync(client);
            await SendAsync(client, "other");
            await ReceiveAsync(client);
            Assert.Equal(1012, (int?)client.CloseStatus);
        }

        await TalkAsync(session.Server);
        await Soon.UntilAsync(
            () => session.Server.Requests is [_, { Status: > 0 }],
            () => "the session is not recorded"
        );
        Assert.Equal(
            [RequestOutcome.Missed, RequestOutcome.Recorded],
            session.Server.Requests.Select(request => request.Outcome)
        );
    }

    [Fact]
    public async Task A_service_that_refuses_a_session_whose_recording_has_another_message_is_told_to_the_client()
    {
        await using (var upstream = new UpstreamStub((exchange, _) => EchoAsync(exchange)))
        await using (var recording = new RecordingSession(upstream.Uri, _folder))
        {
            await TalkAsync(recording.Server);
            await UntilAsync(recording.Server);
        }

        await using var closed = new UpstreamStub(
            (exchange, _) => exchange.SendAsync(ErrorResponse.Create(401, "no key"))
        );
        await using var session = new RecordingSession(closed.Uri, _folder);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(Address(session.Server), default);
        await ReceiveAsync(client);
        await SendAsync(client, "other");
        await ReceiveAsync(client);
        Assert.Equal(
            (1013, "the upstream refused the WebSocket with status 401"),
            ((int?)client.CloseStatus, client.CloseStatusDescription)
        );
        await UntilAsync(session.Server);
        Assert.True(session.Last.IsLost);
        Assert.Single(_folder.Files);
    }

    /// <summary>Says welcome, and then what the client said.</summary>
    private static async ValueTask EchoAsync(HttpExchange exchange)
    {
        using var socket = await WebSocketHandshake.AcceptAsync(
            exchange,
            WebSocketHandshake.Protocols(exchange).FirstOrDefault()
        );
        await SendAsync(socket, "welcome");
        while (await SocketMessages.ReceiveAsync(socket, FrameDirection.Received, default) is { } message)
        {
            await SocketMessages.SendAsync(socket, message, default);
            if (message.Kind == FrameKind.Close)
            {
                return;
            }
        }
    }

    private static async Task TalkAsync(
        CassetteServer server,
        string eventId = "1",
        string? key = null,
        bool isScrubbed = false
    )
    {
        using var client = new ClientWebSocket();
        if (key is not null)
        {
            client.Options.AddSubProtocol("realtime");
            client.Options.AddSubProtocol($"openai-insecure-api-key.{key}");
        }

        await client.ConnectAsync(Address(server), default).WaitAsync(s_long);
        Assert.Equal("welcome", await ReceiveAsync(client));
        var said = key is null
            ? $$"""{"type":"first","event_id":"{{eventId}}"}"""
            : $$"""{"type":"first","text":"use {{key}}","event_id":"{{eventId}}"}""";
        await SendAsync(client, said);
        var heard = await ReceiveAsync(client);
        Assert.Equal(
            isScrubbed ? $$"""{"type":"first","text":"use REDACTED_OPENAI_API_KEY_1","event_id":"1"}""" : heard,
            heard
        );
        if (key is null)
        {
            await client.SendAsync(new byte[] { 1, 2 }, WebSocketMessageType.Binary, endOfMessage: true, default);
            await ReceiveAsync(client);
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default).WaitAsync(s_long);
    }

    /// <summary>Waits until the session is in the journal with its outcome.</summary>
    private static async Task UntilAsync(CassetteServer server)
    {
        for (var i = 0; i < 1_000 && server.Requests is not [{ Status: > 0 }]; i++)
        {
            await Task.Delay(10);
        }

        await server.StopAsync();
        Assert.Single(server.Requests);
    }

    private static Uri Address(CassetteServer server) => new($"ws://{server.Uri.Authority}/v1/realtime?model=m");

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, default);

    private static async Task<string?> ReceiveAsync(ClientWebSocket client)
    {
        var buffer = new byte[4096];
        var received = await client.ReceiveAsync(buffer, default).WaitAsync(s_long);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
