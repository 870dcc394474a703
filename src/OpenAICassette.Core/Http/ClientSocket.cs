using System.Net.Sockets;

namespace OpenAICassette.Http;

/// <summary>
/// Represents the socket of a connection with its timeouts, and detects a disconnect while the client is served.
/// </summary>
internal sealed class ClientSocket(Socket socket, HttpServerOptions options) : IDisposable
{
    /// <summary>The maximum length of a send, which distinguishes a slow client from one that reads nothing.</summary>
    private const int LongestSend = 16 * 1024;

    /// <summary>
    /// The size of the send buffer. The system reports free space only after a third was read; with a buffer of
    /// megabytes, that exceeds every timeout for a slow client.
    /// </summary>
    private const int SendBuffer = 64 * 1024;

    /// <summary>The shared target of all peeks; its content is never read.</summary>
    private static readonly byte[] s_peeked = new byte[1];

    private readonly Deadline _deadline = new();
    private CancellationTokenSource _interrupt = new();
    private Task? _watch;

    /// <summary>Set when the client reset the connection or it was cut off.</summary>
    public CancellationFlag Aborted { get; } = new();

    /// <summary>
    /// Set when the client shut down its sending side: it disconnected, or only waits for the answer.
    /// </summary>
    public CancellationFlag Finished { get; } = new();

    /// <summary>Gets or sets the kind of wait that timed out.</summary>
    public Wait Expired { get; private set; }

    /// <summary>Limits the system's send buffer, so that the progress of a slow client can be seen.</summary>
    public void LimitSendBuffer()
    {
        try
        {
            socket.SendBufferSize = SendBuffer;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has already disconnected.
        }
    }

    /// <summary>Sets what the next receives wait for.</summary>
    /// <param name="wait">The kind of wait.</param>
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

    /// <summary>Sets that the next receives wait for a body, which has a minimum speed.</summary>
    /// <param name="began">When the wait for its first bytes began, as <see cref="Environment.TickCount64"/>.</param>
    /// <param name="received">The number of bytes received so far.</param>
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

    /// <summary>Ends the wait.</summary>
    public void EndWait()
    {
        _deadline.Clear();
        Expired = Wait.None;
    }

    /// <summary>Receives bytes.</summary>
    /// <param name="room">The buffer.</param>
    /// <returns>The number of bytes; 0 if the client shut down its sending side.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    /// <exception cref="OperationCanceledException">The wait timed out, or the server stops.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> room) =>
        _watch is null ? socket.ReceiveAsync(room, SocketFlags.None, _interrupt.Token) : ReceiveAfterWatchAsync(room);

    /// <summary>Sends all bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
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
    /// Detects a disconnect while the handler runs. Received bytes end the watch; then only a send detects it.
    /// </summary>
    public void Watch() => _watch ??= WatchAsync();

    /// <summary>Ends a wait that timed out.</summary>
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

    /// <summary>
    /// Returns the socket for a connection that carries no more requests. Its timeouts end; <see cref="Abort"/> still
    /// cuts it off.
    /// </summary>
    public Socket Detach()
    {
        EndWait();
        return socket;
    }

    /// <summary>Shuts down the sending side (FIN).</summary>
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
            // The socket is already closed.
        }

        socket.Dispose();
    }

    /// <summary>
    /// Ends the connection so that the client receives everything: closing it while received bytes are unread would
    /// reset it, and the client could lose the answer.
    /// </summary>
    /// <param name="scratch">A buffer for bytes that still arrive.</param>
    /// <param name="limit">
    /// How long to wait until the client closes its side; zero if nothing was sent that it could miss.
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
                // The wait timed out or the client disconnected: the connection is over.
            }

            _deadline.Clear();
        }

        socket.Dispose();
    }

    /// <summary>
    /// Closes the socket. The source of interrupts has no timer and needs no disposal; a sweep may still hold it.
    /// </summary>
    public void Dispose() => socket.Dispose();

    /// <summary>Returns whether an exception means that the connection has ended.</summary>
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
            // The next receive fails in the same way.
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
