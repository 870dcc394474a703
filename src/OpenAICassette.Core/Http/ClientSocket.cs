using System.Net.Sockets;

namespace OpenAICassette.Http;

/// <summary>
/// A connection's socket with its limits of time, and what becomes known of the client while it is served.
/// </summary>
internal sealed class ClientSocket(Socket socket, HttpServerOptions options) : IDisposable
{
    /// <summary>
    /// No send is longer, so that a slow client that still takes something is told from one that takes nothing.
    /// </summary>
    private const int LongestSend = 16 * 1024;

    /// <summary>
    /// How much the system may take ahead of the client. It says that there is room again only when a third of that was
    /// taken, which in a buffer of megabytes is longer than any limit for a client that reads slowly.
    /// </summary>
    private const int SendBuffer = 64 * 1024;

    /// <summary>Where all watches peek to; nobody looks at it.</summary>
    private static readonly byte[] s_peeked = new byte[1];

    private readonly Deadline _deadline = new();
    private CancellationTokenSource _interrupt = new();
    private Task? _watch;

    /// <summary>Set when the client has reset the connection, or it was cut off.</summary>
    public CancellationFlag Aborted { get; } = new();

    /// <summary>
    /// Set when the client has shut down its sending side: it has left, or only waits for the answer.
    /// </summary>
    public CancellationFlag Finished { get; } = new();

    /// <summary>The wait that took too long and was ended.</summary>
    public Wait Expired { get; private set; }

    /// <summary>Keeps the system from taking so much ahead that the progress of a slow client cannot be seen.</summary>
    public void LimitSendBuffer()
    {
        try
        {
            socket.SendBufferSize = SendBuffer;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has left already.
        }
    }

    /// <summary>Says what the next receives wait for.</summary>
    /// <param name="wait">What for.</param>
    public void Begin(Wait wait) =>
        _deadline.Set(
            wait,
            wait switch
            {
                Wait.Request => options.IdleTimeout,
                Wait.Head => options.HeaderTimeout,
                _ => options.BodyTimeout,
            }
        );

    /// <summary>Says that the next receives wait for a body, which must not come too slowly.</summary>
    /// <param name="began">When its first bytes were waited for, as <see cref="Environment.TickCount64"/>.</param>
    /// <param name="received">How much of it there is.</param>
    public void BeginBody(long began, long received)
    {
        if (options.BodyTimeout < TimeSpan.Zero)
        {
            Begin(Wait.Body);
            return;
        }

        var earned = TimeSpan.FromSeconds((double)received / options.MinBodyBytesPerSecond);
        var left = options.BodyTimeout + earned - TimeSpan.FromMilliseconds(Environment.TickCount64 - began);
        _deadline.Set(
            Wait.Body,
            left < TimeSpan.Zero ? TimeSpan.Zero
                : left < options.BodyTimeout ? left
                : options.BodyTimeout
        );
    }

    /// <summary>Nothing is waited for any more.</summary>
    public void EndWait()
    {
        _deadline.Clear();
        Expired = Wait.None;
    }

    /// <summary>Receives what there is.</summary>
    /// <param name="room">Where to.</param>
    /// <returns>How many bytes; 0 when the client has shut down its sending side.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    /// <exception cref="OperationCanceledException">It took too long, or the server stops.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> room) =>
        _watch is null ? socket.ReceiveAsync(room, SocketFlags.None, _interrupt.Token) : ReceiveAfterWatchAsync(room);

    /// <summary>Sends all of it.</summary>
    /// <param name="bytes">What to send.</param>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var sending = socket.SendAsync(bytes.Length > LongestSend ? bytes[..LongestSend] : bytes, SocketFlags.None);
            if (!sending.IsCompletedSuccessfully)
            {
                return FinishSendAsync(sending, bytes);
            }

            var sent = sending.Result;
            return sent == bytes.Length ? ValueTask.CompletedTask : FinishSendAsync(new ValueTask<int>(sent), bytes);
        }
        catch (ObjectDisposedException)
        {
            return ValueTask.FromException(Gone());
        }
    }

    /// <summary>
    /// Looks, while the handler is at work, whether the client goes. Received bytes end the watch: then only a send
    /// tells.
    /// </summary>
    public void Watch() => _watch ??= WatchAsync();

    /// <summary>Ends a wait that takes too long.</summary>
    /// <param name="now">The time in ms of <see cref="Environment.TickCount64"/>.</param>
    public void Sweep(long now)
    {
        switch (_deadline.Expire(now))
        {
            case Wait.None:
                break;
            case Wait.Send:
                Abort();
                break;
            case var expired:
                Expired = expired;
                Volatile.Read(ref _interrupt).Cancel();
                break;
        }
    }

    /// <summary>Ends the wait for another request.</summary>
    public void EndIdle()
    {
        if (_deadline.TryEnd(Wait.Request))
        {
            Volatile.Read(ref _interrupt).Cancel();
        }
    }

    /// <summary>Says that nothing more will be sent (FIN).</summary>
    public void EndSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Aborted.Set();
        }
    }

    /// <summary>Resets the connection (RST).</summary>
    public void Abort()
    {
        Aborted.Set();
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    /// <summary>
    /// Ends the connection so that the client gets all that was sent: closing while bytes of it are unread would reset
    /// the connection and take the answer away from under it.
    /// </summary>
    /// <param name="scratch">Room for what is still received.</param>
    /// <param name="limit">
    /// How long to wait for the client to close its side; zero when nothing was sent that it could miss.
    /// </param>
    public async ValueTask CloseAsync(Memory<byte> scratch, TimeSpan limit)
    {
        if (!Aborted.IsSet && limit > TimeSpan.Zero)
        {
            EndSending();
            if (_interrupt.IsCancellationRequested)
            {
                Volatile.Write(ref _interrupt, new CancellationTokenSource());
            }

            _deadline.Set(Wait.Close, limit);
            try
            {
                while (await ReceiveAsync(scratch).ConfigureAwait(false) > 0) { }
            }
            catch (Exception e) when (IsEnd(e))
            {
                // It took too long, or the client has gone: either way it is over.
            }

            _deadline.Clear();
        }

        socket.Dispose();
    }

    /// <summary>
    /// Closes the socket. The source of interrupts has no timer and needs no disposal; a sweep may still hold it.
    /// </summary>
    public void Dispose() => socket.Dispose();

    /// <summary>Whether an exception means that the connection is at its end.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsEnd(Exception exception) =>
        exception is SocketException or OperationCanceledException or ObjectDisposedException;

    private async ValueTask<int> ReceiveAfterWatchAsync(Memory<byte> room)
    {
        await _watch!.ConfigureAwait(false);
        _watch = null;
        return await socket.ReceiveAsync(room, SocketFlags.None, _interrupt.Token).ConfigureAwait(false);
    }

    private async ValueTask FinishSendAsync(ValueTask<int> sending, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (true)
            {
                _deadline.Set(Wait.Send, options.BodyTimeout);
                bytes = bytes[await sending.ConfigureAwait(false)..];
                if (bytes.IsEmpty)
                {
                    break;
                }

                sending = socket.SendAsync(bytes.Length > LongestSend ? bytes[..LongestSend] : bytes, SocketFlags.None);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Gone();
        }
        finally
        {
            _deadline.Clear();
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            if (await socket.ReceiveAsync(s_peeked, SocketFlags.Peek, _interrupt.Token).ConfigureAwait(false) == 0)
            {
                Finished.Set();
            }
        }
        catch (OperationCanceledException)
        {
            // The next receive says so too.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Aborted.Set();
        }
    }

    private OperationCanceledException Gone()
    {
        Aborted.Set();
        return new OperationCanceledException("the client has closed the connection", Aborted.Token);
    }
}
