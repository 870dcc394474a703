using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>Connects to a host directly, or through the system's proxy.</summary>
internal static class TunnelConnector
{
    private const int MostHeadBytes = 16 << 10;

    /// <summary>Connects to a host.</summary>
    /// <param name="system">The system's proxy.</param>
    /// <param name="target">The host and port.</param>
    /// <param name="allowPrivate">True if the host may be on this machine or in a private network.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="PrivateNetworkException">The host is on this machine or in a private network.</exception>
    /// <exception cref="SocketException">The host or the system's proxy cannot be reached.</exception>
    /// <exception cref="IOException">The system's proxy did not connect to the host.</exception>
    public static async ValueTask<Socket> ConnectAsync(
        IWebProxy system,
        HostPort target,
        bool allowPrivate,
        CancellationToken cancellation
    )
    {
        var uri = target.ToUri(Uri.UriSchemeHttps);
        var proxy = system.IsBypassed(uri) ? null : system.GetProxy(uri);
        if (proxy is null || proxy == uri)
        {
            var addresses = await AddressesAsync(target, cancellation).ConfigureAwait(false);
            Check(target, addresses, allowPrivate);
            return await ConnectAsync(addresses, target.Port, cancellation).ConfigureAwait(false);
        }

        // Only the system's proxy knows what a name leads to.
        Check(target, target.Address is { } literal ? [literal] : [], allowPrivate);

        var way = HostPort.Of(proxy);
        var hops = await AddressesAsync(way, cancellation).ConfigureAwait(false);
        var socket = await ConnectAsync(hops, way.Port, cancellation).ConfigureAwait(false);
        try
        {
            var credentials = Credentials(system, proxy);
            var request = $"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{credentials}\r\n";
            await socket.SendAsync(Encoding.Latin1.GetBytes(request), cancellation).ConfigureAwait(false);
            var status = await ReadStatusAsync(socket, cancellation).ConfigureAwait(false);
            return status.StartsWith('2')
                ? socket
                : throw new IOException($"the proxy {way} answered with status {status}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Returns the addresses of a host, which are looked up once: what was checked is what is connected to.</summary>
    private static async ValueTask<IPAddress[]> AddressesAsync(HostPort target, CancellationToken cancellation) =>
        target.Address is { } literal
            ? [literal]
            : await Dns.GetHostAddressesAsync(target.Host, cancellation).ConfigureAwait(false);

    private static void Check(HostPort target, IPAddress[] addresses, bool allowPrivate)
    {
        if (!allowPrivate && Array.Find(addresses, PrivateAddress.Contains) is { } address)
        {
            throw new PrivateNetworkException(target, address);
        }
    }

    private static async ValueTask<Socket> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Credentials(IWebProxy system, Uri proxy)
    {
        var user =
            proxy.UserInfo.Length > 0 ? Uri.UnescapeDataString(proxy.UserInfo)
            : system.Credentials?.GetCredential(proxy, "Basic") is { } known ? $"{known.UserName}:{known.Password}"
            : null;
        return user is null
            ? string.Empty
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(user))}\r\n";
    }

    /// <summary>Reads an answer's head and no byte more, because the rest belongs to the tunnel.</summary>
    private static async ValueTask<string> ReadStatusAsync(Socket socket, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!(head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n"))
        {
            var count = await socket.ReceiveAsync(one, cancellation).ConfigureAwait(false);
            if (count == 0 || head.Length == MostHeadBytes)
            {
                throw new IOException("the proxy's answer is not HTTP");
            }

            head.Append((char)one[0]);
        }

        var words = head.ToString().Split(' ', 3);
        return words.Length > 1 && words[1].Length == 3
            ? words[1]
            : throw new IOException("the proxy's answer is not HTTP");
    }
}
