using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Benchmarks;

/// <summary>How late events reach clients when many paced streams run at once, beside tasks that only wait for the same times.</summary>
internal static class PacedStreams
{
    private const int EventsPerSecond = 20;
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(400);

    public static async Task PrintAsync(Uri server, string cassette, int streams)
    {
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(cassette));
        var body = file.RootElement.GetProperty("request").GetProperty("body").GetRawText();
        var events = file.RootElement.GetProperty("response").GetProperty("body").GetArrayLength();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        // The first round opens the connections and has everything compiled.
        await AllAsync(streams, (start, late) => StreamAsync(client, new Uri(server, "v1/chat/completions"), body, start, late));
        var timers = await AllAsync(streams, (start, late) => WaitAsync(events, start, late));
        var served = await AllAsync(streams, (start, late) => StreamAsync(client, new Uri(server, "v1/chat/completions"), body, start, late));
        Print($"{streams} paced streams", served);
        Print("timers alone", timers);
    }

    /// <summary>Starts all evenly over the time between two events.</summary>
    private static async Task<IReadOnlyCollection<double>> AllAsync(int streams, Func<TimeSpan, ConcurrentBag<double>, Task> run)
    {
        var late = new ConcurrentBag<double>();
        var between = TimeSpan.FromSeconds(1.0 / EventsPerSecond);
        await Task.WhenAll(Enumerable.Range(0, streams).Select(stream => Task.Run(() => run(between * stream / streams, late))));
        return late;
    }

    private static async Task StreamAsync(HttpClient client, Uri address, string body, TimeSpan start, ConcurrentBag<double> late)
    {
        await Task.Delay(start);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, null, "application/json") };
        var sent = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        var index = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                late.Add(Late(sent, index++));
            }
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

    private static void Print(string what, IReadOnlyCollection<double> late) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {late.Count} events, late by {ServerFigures.Percentile(late, 0.5):0.0} ms (median), {ServerFigures.Percentile(late, 0.99):0.0} ms (p99), {late.Max():0.0} ms (most), {-late.Min():0.0} ms early at most"));
}
