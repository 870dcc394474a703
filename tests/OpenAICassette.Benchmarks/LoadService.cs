using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Benchmarks;

/// <summary>A service to record from: it answers, streams, refuses, and sometimes breaks off.</summary>
internal sealed class LoadService : IAsyncDisposable
{
    private const string Head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: ";
    private const string Json =
        "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Paris\"},\"finish_reason\":\"stop\"}]}";
    private const string Event =
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"P\"}}]}\n\n";

    private static readonly string[] s_answers =
    [
        $"{Head}application/json\r\nContent-Length: {Json.Length}\r\n\r\n{Json}",
        $"{Head}text/event-stream\r\n\r\n{Event}{Event}{Event}data: [DONE]\n\n",
        "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        $"{Head}application/json\r\nContent-Length: {Json.Length + 10}\r\n\r\n{Json}",
        $"{Head}text/plain\r\n\r\n{new string('x', 300_000)}",
    ];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private int _count;

    /// <summary>Starts it on a free port.</summary>
    public LoadService()
    {
        _listener.Start();
        Uri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
        _accepting = AcceptAsync();
    }

    /// <summary>Gets its address.</summary>
    public Uri Uri { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
    }

    /// <summary>Returns whether a request is complete: all that is sent here ends with its head or with JSON.</summary>
    private static bool IsWhole(string request) =>
        request.EndsWith('}') || (!request.StartsWith('P') && request.EndsWith("\r\n\r\n", StringComparison.Ordinal));

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = connection.GetStream();
            var buffer = new byte[64 << 10];
            var text = string.Empty;
            while (!IsWhole(text) && await stream.ReadAsync(buffer) is var count and > 0)
            {
                text += Encoding.Latin1.GetString(buffer, 0, count);
            }

            var answer = s_answers[Interlocked.Increment(ref _count) % s_answers.Length];
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer));
            connection.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(buffer) > 0) { }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The other side gave up.
        }
    }
}
