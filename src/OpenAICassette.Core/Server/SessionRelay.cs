using System.Diagnostics;
using System.Net.WebSockets;
using OpenAICassette.Http;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>Passes the messages of a WebSocket session on between a client and a service, and keeps them.</summary>
/// <param name="upstream">The service.</param>
/// <param name="options">The options of the server.</param>
/// <param name="exchange">The client's request.</param>
/// <param name="request">The request without its secrets.</param>
/// <param name="begun">What the client has already had from a recording; null for nothing.</param>
internal sealed class SessionRelay(
    Upstream upstream,
    CassetteServerOptions options,
    HttpExchange exchange,
    ApiRequest request,
    BegunSession? begun
) : IDisposable
{
    /// <summary>The size up to which a session is kept.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>The code of a session that the service refused after the client was accepted: try again later.</summary>
    private const int RefusedCode = 1013;

    private readonly List<Frame> _frames = [];
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _sentAt = options.Time.GetUtcNow();
    private readonly long _started = Stopwatch.GetTimestamp();
    private WebSocket? _client;
    private long _bytes;
    private string? _protocol;
    private TimeSpan _ended;

    /// <summary>The side that broke off first: the sender of the messages of this direction.</summary>
    private FrameDirection? _broken;

    /// <summary>Gets the status of the handshake.</summary>
    public int Status { get; private set; } = 502;

    /// <summary>Gets why the session did not come about, or not to its end; null if it did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Gets whether the session was too long to be kept.</summary>
    public bool IsTooLong => _bytes > MostBytes;

    /// <summary>Relays until both sides have ended.</summary>
    /// <param name="stopping">Ends the session when the server stops.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, stopping);
        using var service = new ClientWebSocket();
        var failure = await upstream.OpenAsync(service, exchange, end.Token).ConfigureAwait(false);
        if (failure is var (status, reason))
        {
            (Status, Failure) = (status, reason);
            await RefuseAsync(status, reason, end.Token).ConfigureAwait(false);
            return;
        }

        Status = 101;
        _protocol = service.SubProtocol;
        _client = begun is { } session
            ? await CatchUpAsync(session, service, end).ConfigureAwait(false)
            : await WebSocketHandshake.AcceptAsync(exchange, _protocol).ConfigureAwait(false);
        var up = CopyAsync(_client, service, FrameDirection.Sent, end);
        var down = CopyAsync(service, _client, FrameDirection.Received, end);
        await Task.WhenAll(up, down).ConfigureAwait(false);
        _ended = Stopwatch.GetElapsedTime(_started);
        var isClosed = _frames.Count > 0 && _frames[^1].Kind == FrameKind.Close;
        var isLeft = _broken == FrameDirection.Sent || (_broken is null && exchange.Aborted.IsCancellationRequested);
        if (!isClosed && !(isLeft && _frames.Count > 0))
        {
            Failure = "the session broke off";
        }
    }

    /// <summary>Returns the session for the recorder.</summary>
    public ExchangeDraft ToDraft() =>
        new()
        {
            Method = ExchangeDraft.WebSocketMethod,
            Path = request.Path,
            Url = "ws" + upstream.Address(exchange)["http".Length..],
            TestId = request.TestId ?? options.TestId,
            SentAt = _sentAt,
            Duration = _ended,
            Status = Status,
            ResponseHeaders = _protocol is null
                ? HeaderList.Empty
                : new([new HeaderField(WebSocketHandshake.ProtocolField, _protocol)]),
            Frames = [.. _frames],
            Failure = Failure,
        };

    /// <summary>Closes the client's connection.</summary>
    public void Dispose() => _client?.Dispose();

    private async ValueTask RefuseAsync(int status, string reason, CancellationToken cancellation)
    {
        if (begun is not { } session)
        {
            await exchange.SendAsync(ErrorResponse.Create(status, reason)).ConfigureAwait(false);
            return;
        }

        var close = SocketMessages.Close(FrameDirection.Received, RefusedCode, reason);
        await SocketMessages.SendAsync(session.Client, close, cancellation).ConfigureAwait(false);
        await SocketMessages.DrainAsync(session.Client, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings the service to where the client is: it has had the first messages of the service from a recording.
    /// </summary>
    private async ValueTask<WebSocket> CatchUpAsync(
        BegunSession session,
        ClientWebSocket service,
        CancellationTokenSource end
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        limit.CancelAfter(options.UpstreamTimeout);
        try
        {
            for (var i = 0; i < session.Received; i++)
            {
                var message = await SocketMessages
                    .ReceiveAsync(service, FrameDirection.Received, limit.Token)
                    .ConfigureAwait(false);
                if (message is not { Kind: not FrameKind.Close } received)
                {
                    break;
                }

                Keep(received);
            }

            Keep(session.First);
            await SocketMessages.SendAsync(service, session.First, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The service cannot be used any more, so that the session breaks off.
            await end.CancelAsync().ConfigureAwait(false);
        }

        return session.Client;
    }

    private async Task CopyAsync(WebSocket from, WebSocket to, FrameDirection direction, CancellationTokenSource end)
    {
        try
        {
            while (await SocketMessages.ReceiveAsync(from, direction, end.Token).ConfigureAwait(false) is { } message)
            {
                Keep(message);
                var isSent = await SocketMessages.SendAsync(to, message, end.Token).ConfigureAwait(false);
                if (message.Kind == FrameKind.Close)
                {
                    return;
                }

                if (!isSent)
                {
                    direction = direction == FrameDirection.Sent ? FrameDirection.Received : FrameDirection.Sent;
                    break;
                }
            }

            // One side broke off; the other is told by the end of its connection. A program that ends leaves like this.
            lock (_lock)
            {
                _broken ??= direction;
            }

            await end.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server stops, or the other side broke off.
        }
    }

    private void Keep(Frame message)
    {
        lock (_lock)
        {
            // The answer to the end of a session says nothing of its own.
            var isAnswer = message.Kind == FrameKind.Close && _frames.Exists(frame => frame.Kind == FrameKind.Close);
            _bytes += message.Data.Length;
            if (!isAnswer && !IsTooLong)
            {
                _frames.Add(message with { At = Stopwatch.GetElapsedTime(_started) });
            }
        }
    }
}
