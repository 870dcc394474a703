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
    /// <exception cref="SocketException">The host or the system's proxy cannot be reached.</exception>
    /// <exception cref="IOException">The system's proxy did not connect to the host.</exception>
    public static async ValueTask<Socket> ConnectAsync(
        IWebProxy system,
        HostPort target,
        CancellationToken cancellation
    )
    {
        var uri = target.ToUri(Uri.UriSchemeHttps);
        var proxy = system.IsBypassed(uri) ? null : system.GetProxy(uri);
        if (proxy is null || proxy == uri)
        {
            return await ConnectAsync(target.ToEndPoint(), cancellation).ConfigureAwait(false);
        }

        var socket = await ConnectAsync(HostPort.Of(proxy).ToEndPoint(), cancellation).ConfigureAwait(false);
        try
        {
            var credentials = Credentials(system, proxy);
            var request = $"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{credentials}\r\n";
            await socket.SendAsync(Encoding.Latin1.GetBytes(request), cancellation).ConfigureAwait(false);
            var status = await ReadStatusAsync(socket, cancellation).ConfigureAwait(false);
            return status.StartsWith('2')
                ? socket
                : throw new IOException($"the proxy {HostPort.Of(proxy)} answered with status {status}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Socket> ConnectAsync(EndPoint endPoint, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellation).ConfigureAwait(false);
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
