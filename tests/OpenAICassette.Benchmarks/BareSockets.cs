using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// Whole answers and streams per second of a server, beside those of a process that does nothing but send the same bytes
/// on sockets of .NET, in turn.
/// </summary>
internal static class BareSockets
{
    private const int Connections = 32;

    /// <summary>Measures a server beside the sockets.</summary>
    /// <param name="server">The address of the server.</param>
    /// <param name="process">Its process id.</param>
    /// <param name="cassette">The cassette whose request is sent.</param>
    /// <param name="runs">How often each is measured.</param>
    public static async Task PrintAsync(Uri server, int process, string cassette, int runs)
    {
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(cassette));
        var body = file.RootElement.GetProperty("request").GetProperty("body").GetRawText();
        var request = Encoding.UTF8.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
        );
        var answer = await AnswerOfAsync(server, request);
        var sent = Path.GetTempFileName();
        await File.WriteAllBytesAsync(sent, answer);
        using var control = Start(sent, request.Length);
        try
        {
            var port = int.Parse((await control.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            using var served = Process.GetProcessById(process);
            (Process Process, int Port, List<double> Rates, List<double> Costs)[] both =
            [
                (served, server.Port, [], []),
                (control, port, [], []),
            ];
            for (var run = 0; run <= runs; run++)
            {
                foreach (var (one, at, rates, costs) in both)
                {
                    var (rate, cost) = await MeasureAsync(one, at, request, answer.Length);

                    // The first round has everything compiled and is not counted.
                    if (run > 0)
                    {
                        rates.Add(rate);
                        costs.Add(cost);
                    }
                }
            }

            Print(Path.GetFileName(cassette), answer.Length, both[0], both[1]);
        }
        finally
        {
            control.Kill();
            File.Delete(sent);
        }
    }

    /// <summary>Sends a file's bytes for every so many bytes that are received, until it is killed.</summary>
    public static async Task AnswerAsync(string answer, int requestLength)
    {
        var bytes = await File.ReadAllBytesAsync(answer);
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        while (true)
        {
            var client = await listener.AcceptAsync();
            client.NoDelay = true;
            _ = Task.Run(() => AnswerAsync(client, bytes, requestLength));
        }
    }

    private static async Task AnswerAsync(Socket client, byte[] answer, int requestLength)
    {
        using var closed = client;
        var buffer = new byte[requestLength];
        while (await ReceiveAsync(client, buffer, requestLength))
        {
            await client.SendAsync(answer);
        }
    }

    private static Process Start(string answer, int requestLength) =>
        Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [
                    typeof(BareSockets).Assembly.Location,
                    "server",
                    "sockets",
                    answer,
                    requestLength.ToString(CultureInfo.InvariantCulture),
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;

    /// <summary>Returns the bytes of an answer, which is over when nothing more comes.</summary>
    private static async Task<byte[]> AnswerOfAsync(Uri server, byte[] request)
    {
        using var client = await ConnectAsync(server.Port);
        await client.SendAsync(request);
        var buffer = new byte[1 << 20];
        var length = await client.ReceiveAsync(buffer);
        while (client.Poll(TimeSpan.FromMilliseconds(500), SelectMode.SelectRead))
        {
            length += await client.ReceiveAsync(buffer.AsMemory(length));
        }

        var answer = buffer[..length];
        return answer.AsSpan().StartsWith("HTTP/1.1 200"u8)
            ? answer
            : throw new IOException($"the server answered: {Encoding.UTF8.GetString(answer)}");
    }

    /// <summary>Returns the answers per second, and the microseconds of processor time that each took.</summary>
    private static async Task<(double Rate, double Cost)> MeasureAsync(
        Process process,
        int port,
        byte[] request,
        int answerLength
    )
    {
        process.Refresh();
        var used = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => Task.Run(() => AskAsync(port, request, answerLength, started)))
        );
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return (counts.Sum() / seconds, (process.TotalProcessorTime - used).TotalMicroseconds / counts.Sum());
    }

    private static async Task<int> AskAsync(int port, byte[] request, int answerLength, long started)
    {
        using var client = await ConnectAsync(port);
        var buffer = new byte[answerLength];
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2); count++)
        {
            await client.SendAsync(request);
            if (!await ReceiveAsync(client, buffer, answerLength))
            {
                throw new IOException($"a connection ended after {count} answers");
            }
        }

        return count;
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    private static async Task<bool> ReceiveAsync(Socket socket, byte[] buffer, int length)
    {
        for (var held = 0; held < length; )
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(held, length - held));
            if (read == 0)
            {
                return false;
            }

            held += read;
        }

        return true;
    }

    private static void Print(
        string name,
        int length,
        (Process Process, int Port, List<double> Rates, List<double> Costs) served,
        (Process Process, int Port, List<double> Rates, List<double> Costs) bare
    )
    {
        var (rate, bareRate) = (ServerFigures.Percentile(served.Rates, 0.5), ServerFigures.Percentile(bare.Rates, 0.5));
        var (cost, bareCost) = (ServerFigures.Percentile(served.Costs, 0.5), ServerFigures.Percentile(bare.Costs, 0.5));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name} ({length} bytes): {rate:0} per second, bare sockets {bareRate:0}: {rate / bareRate:0.00} times; {cost:0.0} µs of processor time each, bare sockets {bareCost:0.0}"
            )
        );
    }
}
