using System.Net.Security;
using System.Net.Sockets;

namespace OpenAICassette.Http;

/// <summary>Represents one end of a relayed connection: its socket, and the stream over it, which may be TLS.</summary>
internal sealed class RelayEnd(Socket socket, Stream? stream = null) : IDisposable
{
    /// <summary>Gets the stream.</summary>
    public Stream Stream { get; } = stream ?? new NetworkStream(socket);

    /// <summary>Gets whether bytes were received.</summary>
    public bool HasReceived { get; private set; }

    /// <summary>Receives bytes.</summary>
    /// <returns>The number of bytes; 0 at the end.</returns>
    public async ValueTask<int> ReceiveAsync(Memory<byte> room, CancellationToken cancellation)
    {
        var count = await Stream.ReadAsync(room, cancellation).ConfigureAwait(false);
        HasReceived |= count > 0;
        return count;
    }

    /// <summary>Shuts down the sending side.</summary>
    public async ValueTask EndSendingAsync()
    {
        if (Stream is SslStream tls)
        {
            await tls.ShutdownAsync().ConfigureAwait(false);
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Resets the connection, as the other end did.</summary>
    public void Abort()
    {
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

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
