using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// How late events reach clients when many paced streams run at once, beside tasks that only wait for the same times.
/// </summary>
internal static class PacedStreams
{
    private const int EventsPerSecond = 20;
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(400);

    public static async Task PrintAsync(Uri server, string cassette, int streams)
    {
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(cassette));
        var body = file.RootElement.GetProperty("request").GetProperty("body").GetRawText();
        var events = file.RootElement.GetProperty("response").GetProperty("body").GetArrayLength();
        var request = Encoding.UTF8.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
        );
        var sockets = Enumerable
            .Range(0, streams)
            .Select(_ => new TcpClient(server.Host, server.Port) { NoDelay = true })
            .ToList();

        // The first round has everything compiled.
        await AllAsync(streams, (stream, start, late) =>
            StreamAsync(sockets[stream].GetStream(), request, events, start, late)
        );
        var timers = await AllAsync(streams, (_, start, late) => WaitAsync(events, start, late));
        var served = await AllAsync(streams, (stream, start, late) =>
            StreamAsync(sockets[stream].GetStream(), request, events, start, late)
        );
        sockets.ForEach(socket => socket.Dispose());
        Print($"{streams} paced streams", served);
        Print("timers alone", timers);
    }

    /// <summary>Starts all evenly within two seconds, so that requests do not wait for one another.</summary>
    private static async Task<IReadOnlyCollection<double>> AllAsync(
        int streams,
        Func<int, TimeSpan, ConcurrentBag<double>, Task> run
    )
    {
        var late = new ConcurrentBag<double>();
        await Task.WhenAll(
            Enumerable
                .Range(0, streams)
                .Select(stream => Task.Run(() => run(stream, TimeSpan.FromSeconds(2.0 * stream / streams), late)))
        );
        return late;
    }

    /// <summary>Reads as little as tells the events apart: the client shares the processors with the server.</summary>
    private static async Task StreamAsync(
        NetworkStream stream,
        byte[] request,
        int events,
        TimeSpan start,
        ConcurrentBag<double> late
    )
    {
        await Task.Delay(start);
        var buffer = new byte[4096];
        var sent = Stopwatch.GetTimestamp();
        await stream.WriteAsync(request);
        var held = 0;
        for (var index = 0; ; )
        {
            var read = await stream.ReadAsync(buffer.AsMemory(held));
            if (read == 0)
            {
                throw new IOException($"the stream ended after {index} of {events} events");
            }

            var text = buffer.AsMemory(0, held + read);
            for (var end = text.Span.IndexOf("\n\n"u8); end >= 0; end = text.Span.IndexOf("\n\n"u8))
            {
                if (text.Span[..end].IndexOf("data: {"u8) >= 0)
                {
                    late.Add(Late(sent, index++));
                }

                text = text[(end + 2)..];
            }

            // The chunk that ends the body comes last.
            if (index == events && text.Span.IndexOf("0\r\n\r\n"u8) >= 0)
            {
                return;
            }

            text.CopyTo(buffer);
            held = text.Length;
        }
    }

    private static async Task WaitAsync(int events, TimeSpan start, ConcurrentBag<double> late)
    {
        await Task.Delay(start);
        var sent = Stopwatch.GetTimestamp();
        for (var index = 0; index < events; index++)
        {
            var wait = Due(index) - Stopwatch.GetElapsedTime(sent);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            late.Add(Late(sent, index));
        }
    }

    private static TimeSpan Due(int index) => s_first + TimeSpan.FromSeconds((double)index / EventsPerSecond);

    private static double Late(long sent, int index) => (Stopwatch.GetElapsedTime(sent) - Due(index)).TotalMilliseconds;

    private static void Print(string what, IReadOnlyCollection<double> late) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {late.Count} events, late by {ServerFigures.Percentile(late, 0.5):0.0} ms (median), {ServerFigures.Percentile(late, 0.99):0.0} ms (p99), {late.Max():0.0} ms (most), {-late.Min():0.0} ms early at most"
            )
        );
}
