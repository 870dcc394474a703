using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>A service that answers each connection with the same bytes and then closes or resets it.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public RawUpstream(string answer, bool isReset = false)
    {
        _listener.Start();
        _serving = ServeAsync(Encoding.Latin1.GetBytes(answer), isReset);
    }

    public Uri Uri => new($"http://{_listener.LocalEndpoint}/");

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(byte[] answer, bool isReset)
    {
        while (true)
        {
            using var client = await _listener.AcceptSocketAsync();
            await using var stream = new NetworkStream(client);
            await ReadRequestAsync(stream);
            await stream.WriteAsync(answer);
            if (isReset)
            {
                // The other side has to have the bytes before the reset takes them away.
                await Task.Delay(100);
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                continue;
            }

            client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        }
    }

    /// <summary>Reads a request, so that closing the connection does not reset it.</summary>
    private static async Task ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()) && await stream.ReadAsync(buffer) is var count and > 0)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    private static bool IsWhole(string text)
    {
        const string field = "Content-Length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var at = text.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        var length = at < 0 ? 0 : int.Parse(text[(at + field.Length)..].Split('\r')[0], provider: null);
        return text.Length >= end + 4 + length;
    }
}
