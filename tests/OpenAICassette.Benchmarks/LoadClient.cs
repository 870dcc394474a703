using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// A client that asks in all ways that clients have: again and again on one connection, in streams, for what is not
/// recorded, with faults, with requests that are not valid, and it leaves at any moment.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="seed">What makes this client different from the others.</param>
/// <param name="pause">How long it waits between connections.</param>
internal sealed class LoadClient(Uri server, int seed, TimeSpan pause)
{
    private static readonly string[] s_faults =
    [
        "429",
        "500",
        "Disconnect@2",
        "TruncatedEvent",
        "BrokenChunk",
        "MalformedJson",
    ];

    private readonly Random _random = new(seed);
    private readonly byte[] _buffer = new byte[64 << 10];

    /// <summary>Gets how many connections it has made.</summary>
    public long Connections { get; private set; }

    /// <summary>Gets how many it left, or were cut, before the answer was complete.</summary>
    public long BrokenOff { get; private set; }

    /// <summary>Gets how many requests were answered at least in part.</summary>
    public long Answered { get; private set; }

    /// <summary>Asks until the end.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await AskAsync();
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                BrokenOff++;
            }

            await Task.Delay(pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync()
    {
        using var connection = new TcpClient();
        Connections++;
        await connection.ConnectAsync(server.Host, server.Port);
        var stream = connection.GetStream();
        for (var left = _random.Next(1, 20); left > 0; left--)
        {
            var request = Encoding.Latin1.GetBytes(Request());
            if (_random.Next(12) == 0)
            {
                await stream.WriteAsync(request.AsMemory(0, _random.Next(request.Length)));
                BrokenOff++;
                Leave(connection);
                return;
            }

            await stream.WriteAsync(request);
            if (_random.Next(12) == 0)
            {
                BrokenOff++;
                Leave(connection);
                return;
            }

            if (!await ReadAsync(stream))
            {
                return;
            }
        }
    }

    /// <summary>Reads an answer as far as it needs to be known that it is there; false if the connection ended.</summary>
    private async Task<bool> ReadAsync(NetworkStream stream)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            var count = await stream.ReadAsync(_buffer, limit.Token);
            Answered += count > 0 ? 1 : 0;
            var text = Encoding.Latin1.GetString(_buffer, 0, count);
            var isWhole = text.Contains("Content-Length", StringComparison.OrdinalIgnoreCase);
            return count > 0 && isWhole && !text.Contains("Connection: close", StringComparison.Ordinal);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Leave(TcpClient connection)
    {
        if (_random.Next(2) == 0)
        {
            connection.Client.LingerState = new LingerOption(true, 0);
        }
    }

    private string Request()
    {
        var fault =
            _random.Next(6) == 0 ? $"x-cassette-fault: {s_faults[_random.Next(s_faults.Length)]}\r\n" : string.Empty;
        var number = _random.Next(10).ToString(CultureInfo.InvariantCulture);
        return _random.Next(8) switch
        {
            0 => $"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n{fault}\r\n",
            1 => "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            2 => "GET  / HTTP/1.1\r\n\r\n",
            3 =>
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n{fault}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
            4 => Post(
                "/v1/chat/completions",
                fault,
                $$"""{"model":"m{{number}}","messages":[{"role":"user","content":"{{new string('x', 20_000)}}"}]}"""
            ),
            5 => Post("/v1/embeddings", fault, $$"""{"model":"m","input":"{{number}}"}"""),
            _ => Post(
                "/v1/chat/completions",
                fault,
                $$"""{"model":"m","stream":true,"messages":[{"role":"user","content":"{{number}}"}]}"""
            ),
        };
    }

    private static string Post(string path, string fields, string json) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}"
        );
}
