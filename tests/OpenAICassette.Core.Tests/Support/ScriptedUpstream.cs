using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>A service that reads a request and then sends whatever bytes a test says.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, int, CancellationToken, Task> _answer;
    private readonly Task _accepting;
    private int _count;
    private long _received;

    /// <param name="answer">Answers; gets the connection and the request's number, from 1.</param>
    public ScriptedUpstream(Func<Stream, int, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
        _accepting = AcceptAsync();
    }

    public Uri Uri { get; }

    /// <summary>How many bytes arrived on all connections.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>A service that sends the same bytes for each request, each character as one byte, and closes.</summary>
    public static ScriptedUpstream Sending(string answer) =>
        new((stream, _, stop) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer), stop).AsTask());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var buffer = new byte[8192];
        var head = new StringBuilder();
        try
        {
            while (await stream.ReadAsync(buffer, _stop.Token) is var count and > 0)
            {
                Interlocked.Add(ref _received, count);
                head.Append(Encoding.Latin1.GetString(buffer, 0, count));
                if (head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    await _answer(stream, Interlocked.Increment(ref _count), _stop.Token);
                    socket.Shutdown(SocketShutdown.Send);
                    break;
                }
            }

            // A reset would take away what the other side has not read yet.
            while (await stream.ReadAsync(buffer, _stop.Token) > 0) { }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The other side gave up, or the test is over.
        }
    }
}
