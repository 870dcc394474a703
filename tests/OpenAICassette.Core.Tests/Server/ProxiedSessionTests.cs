using System.Net.WebSockets;
using System.Text;
using OpenAICassette.Http;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

/// <summary>A WebSocket to a hard-coded host goes through the proxy, as any request does.</summary>
public sealed class ProxiedSessionTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_is_recorded_through_a_stand_in_and_replayed_without_it()
    {
        using var folder = new TempFolder();
        await using (var upstream = new UpstreamStub((exchange, _) => AnswerAsync(exchange)))
        {
            var standIn = new Dictionary<string, Uri> { ["api.openai.com"] = upstream.Uri };
            await using var recorder = new ProxySession(folder, hosts: standIn);
            Assert.Equal("heard: hello", await TalkAsync(recorder));
            await Soon.UntilAsync(() => folder.Files.Count == 1, () => "the session was not recorded");
        }

        var interaction = CassetteStore.Open(folder[Assert.Single(folder.Files)]).Interactions[0];
        Assert.Equal("wss://api.openai.com/v1/realtime?model=m", interaction.Url);
        await using var replay = new ProxySession(folder, RecordMode.None);
        Assert.Equal("heard: hello", await TalkAsync(replay));
        Assert.Empty(replay.Seen);
    }

    private static async ValueTask AnswerAsync(HttpExchange exchange)
    {
        using var socket = await WebSocketHandshake.AcceptAsync(exchange, protocol: null);
        while (await SocketMessages.ReceiveAsync(socket, FrameDirection.Received, default) is { } message)
        {
            var answer =
                message.Kind == FrameKind.Close
                    ? message
                    : message with
                    {
                        Data = Encoding.UTF8.GetBytes($"heard: {Encoding.UTF8.GetString(message.Data.Span)}"),
                    };
            await SocketMessages.SendAsync(socket, answer, default);
            if (message.Kind == FrameKind.Close)
            {
                return;
            }
        }
    }

    private static async Task<string> TalkAsync(ProxySession session)
    {
        using var invoker = session.Invoker();
        using var client = new ClientWebSocket();
        await client
            .ConnectAsync(new Uri("wss://api.openai.com/v1/realtime?model=m"), invoker, default)
            .WaitAsync(s_long);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, default);
        var buffer = new byte[100];
        var received = await client.ReceiveAsync(buffer, default).WaitAsync(s_long);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default).WaitAsync(s_long);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
