using System.Diagnostics;
using System.Globalization;

namespace OpenAICassette.Benchmarks;

/// <summary>The time from nothing to the first answer, beside that of only indexing the same folder.</summary>
internal static class ReadyTime
{
    private const int Runs = 7;

    public static async Task PrintAsync(string folder)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var indexing = new List<double>();
        var ready = new List<double>();
        var processor = new List<double>();
        for (var run = 0; run <= Runs; run++)
        {
            var used = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            var count = CassetteStore.Load(CassetteStore.Find(folder, recurse: true)).Count();
            var indexed = Stopwatch.GetElapsedTime(started);
            var usedByIndexing = Environment.CpuUsage.TotalTime - used;

            started = Stopwatch.GetTimestamp();
            await using var server = CassetteServer.Start(CassetteStore.Find(folder, recurse: true), problem: _ => { });
            using var response = await client.GetAsync(new Uri(server.Uri, "v1/models"));
            var answered = Stopwatch.GetElapsedTime(started);
            var usedByServing = Environment.CpuUsage.TotalTime - used - usedByIndexing;

            // The first round warms the page cache and is not counted.
            if (run > 0)
            {
                indexing.Add(indexed.TotalMilliseconds);
                ready.Add(answered.TotalMilliseconds);
                processor.Add((usedByServing - usedByIndexing).TotalMilliseconds);
            }
            else
            {
                Console.WriteLine($"{count} files");
            }
        }

        var (before, after) = (ServerFigures.Percentile(indexing, 0.5), ServerFigures.Percentile(ready, 0.5));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"indexed in {before:0} ms, first answer after {after:0} ms: {after - before:0} ms more, {ServerFigures.Percentile(processor, 0.5):0} ms more of processor time"
            )
        );
    }
}
