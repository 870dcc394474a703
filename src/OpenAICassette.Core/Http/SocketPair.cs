using System.Net;
using System.Net.Sockets;

namespace OpenAICassette.Http;

/// <summary>Creates two connected sockets within this process.</summary>
internal static class SocketPair
{
    /// <summary>Returns the two ends of a new connection.</summary>
    /// <exception cref="SocketException">The system has no sockets left.</exception>
    public static async ValueTask<(Socket First, Socket Second)> CreateAsync(CancellationToken cancellation)
    {
        using var listener = Create();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var first = Create();
        Socket? second = null;
        try
        {
            await first.ConnectAsync(listener.LocalEndPoint!, cancellation).ConfigureAwait(false);
            do
            {
                // Another process could have connected in between.
                second?.Dispose();
                second = await listener.AcceptAsync(cancellation).ConfigureAwait(false);
            } while (!first.LocalEndPoint!.Equals(second.RemoteEndPoint));
            return (first, second);
        }
        catch
        {
            first.Dispose();
            second?.Dispose();
            throw;
        }
    }

    private static Socket Create() =>
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
