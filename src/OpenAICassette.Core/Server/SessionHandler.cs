using OpenAICassette.Http;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>Answers WebSocket sessions from recorded ones, or passes them on to be recorded.</summary>
/// <param name="player">The cassettes.</param>
/// <param name="proxy">Records sessions; null if nothing is recorded.</param>
/// <param name="options">How sessions are answered.</param>
internal sealed class SessionHandler(RequestPlayer player, RecordingProxy? proxy, CassetteServerOptions options)
{
    /// <summary>The code of a session that no recording answers: it violates the policy of the server.</summary>
    private const int MissCode = 1008;

    /// <summary>The code of a session that the client is to open again, because then it is recorded.</summary>
    private const int AgainCode = 1012;

    /// <summary>Answers a request for a WebSocket.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="asked">The request as received, with the method of sessions.</param>
    public async ValueTask AnswerAsync(HttpExchange exchange, ApiRequest asked)
    {
        // The connection detects a disconnect only while its handler waits.
        await Task.Yield();
        if (WebSocketHandshake.WhyRefused(exchange) is var (status, reason))
        {
            await exchange.SendAsync(ErrorResponse.Create(status, reason)).ConfigureAwait(false);
            return;
        }

        LearnSecrets(exchange);
        var play = player.ReceiveSession(asked, exchange.Headers[RequestHeaders.Fault], proxy?.Replays != false);
        if (play.Session is { } entry)
        {
            await ReplayAsync(exchange, play, entry).ConfigureAwait(false);
        }
        else if (play.Answer is { } answer)
        {
            options.Answering?.Invoke(play.Entry);
            await exchange.SendAsync(CassetteHandler.Render(answer)).ConfigureAwait(false);
        }
        else if (proxy is { IsRecording: true })
        {
            await proxy.RelayAsync(exchange, play, begun: null).ConfigureAwait(false);
        }
        else
        {
            var miss = player.Explain(new RequestPlay(play.Request, play.Entry, null), exchange.Aborted);
            options.Answering?.Invoke(play.Entry);
            await exchange.SendAsync(CassetteHandler.Render(miss)).ConfigureAwait(false);
        }
    }

    private async Task ReplayAsync(HttpExchange exchange, SessionPlay play, MatchEntry entry)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, exchange.Stopping);
        var protocol = entry.Interaction.Response.Headers[WebSocketHandshake.ProtocolField];
        var asked = WebSocketHandshake.Protocols(exchange);
        using var socket = await WebSocketHandshake
            .AcceptAsync(exchange, asked.Contains(protocol) ? protocol : asked.FirstOrDefault())
            .ConfigureAwait(false);
        var replay = new SessionReplay(
            socket,
            new SessionMatch(options.Replay.Match, play.Request.Operation, player.Secrets.Scrub),
            options.Replay.Pace,
            end.Token
        )
        {
            Entry = entry,
            Others = () => player.OtherSessions(play),
        };
        var miss = await replay.RunAsync().ConfigureAwait(false);
        var isRecording = proxy is { IsRecording: true };
        if (miss is not null && isRecording && replay.Begun is { } begun)
        {
            player.LeaveSession(play);
            await proxy!.RelayAsync(exchange, play, begun).ConfigureAwait(false);
            return;
        }

        player.EndSession(play, entry, replay.Entry, miss);
        options.Answering?.Invoke(play.Entry);
        if (miss is not null)
        {
            var code = isRecording ? AgainCode : MissCode;
            var close = SocketMessages.Close(FrameDirection.Received, code, play.Entry.Miss!.Message);
            await SocketMessages.SendAsync(socket, close, end.Token).ConfigureAwait(false);
            await SocketMessages.DrainAsync(socket, end.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Browsers have no header for a key, so that clients put it into the name of a protocol.</summary>
    private void LearnSecrets(HttpExchange exchange)
    {
        player.Secrets.Learn(MessageSecrets.OfRequest([.. exchange.Headers], exchange.Path, exchange.Query));
        player.Secrets.Learn(
            WebSocketHandshake
                .Protocols(exchange)
                .Where(name => name.Contains("api-key.", StringComparison.OrdinalIgnoreCase))
                .Select(name => name[(name.LastIndexOf('.') + 1)..])
        );
    }
}
