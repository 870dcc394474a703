using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// The time from request to answer in process, with many interactions to choose from; no request comes twice.
/// </summary>
internal static class MatchTime
{
    private const int Asked = 5000;
    private const int Missed = 20;

    public static async Task PrintAsync(int count)
    {
        foreach (var interactions in (int[])[Asked, count])
        {
            using var handler = new CassetteMessageHandler(Enumerable.Range(0, interactions).Select(Cassette));
            using var client = new HttpMessageInvoker(handler);
            var times = new List<double>();
            var processor = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Math.Min(Asked, interactions); i++)
            {
                var index = (int)(i * 7919L % interactions);
                using var request = new HttpRequestMessage(
                    HttpMethod.Post,
                    new Uri("http://localhost/v1/chat/completions")
                )
                {
                    Content = new StringContent(Body(index)),
                };
                var started = Stopwatch.GetTimestamp();
                using var response = await client.SendAsync(request, CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                response.EnsureSuccessStatusCode();
            }

            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{interactions} interactions: answered in {ServerFigures.Percentile(times, 0.5):0} µs (median), {ServerFigures.Percentile(times, 0.99):0} µs (p99); {(Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / times.Count:0} µs of processor time each"
                )
            );

            var missed = new List<double>();
            for (var i = 0; i < Missed; i++)
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Post,
                    new Uri("http://localhost/v1/chat/completions")
                )
                {
                    Content = new StringContent(Body(i).Replace("what is", "how was", StringComparison.Ordinal)),
                };
                var started = Stopwatch.GetTimestamp();
                using var response = await client.SendAsync(request, CancellationToken.None);
                missed.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{interactions} interactions: a miss explained in {ServerFigures.Percentile(missed, 0.5):0.0} ms (median)"
                )
            );
        }
    }

    private static Cassette Cassette(int index)
    {
        var json =
            $$$"""{"request":{"method":"POST","url":"http://localhost/v1/chat/completions","headers":{},"body":{{{Body(index)}}},"endpoint":"/v1/chat/completions","model":"m"},"response":{"body":{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"{{{index}}}"},"finish_reason":"stop"}]},"is_streaming":false}}""";
        return CassetteStore.Open(new MemoryStream(Encoding.UTF8.GetBytes(json)), $"{index}.json");
    }

    private static string Body(int index) =>
        $$$"""{"model":"m","messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"Question {{{index}}}: what is it?"}],"temperature":0.5}""";
}
