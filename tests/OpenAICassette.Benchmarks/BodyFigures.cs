using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// The time that large bodies take direct, while they are recorded, replayed and in a miss, and the most memory that the
/// process has used.
/// </summary>
internal static class BodyFigures
{
    private const string Uploads = "/v1/files";
    private const int Rounds = 6;

    public static async Task<int> PrintAsync(string[] options)
    {
        var size = (options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : 5) << 20;
        var kinds = options.Length > 1 ? options[1..] : ["image", "text", "json-answer", "upload", "download"];
        foreach (var kind in kinds)
        {
            await PrintAsync(kind, size);
        }

        Console.WriteLine($"most memory: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        return 0;
    }

    private static async Task PrintAsync(string kind, int size)
    {
        var folder = Directory.CreateTempSubdirectory("cassette-figures-").FullName;
        using var upstream = Upstream(kind, size, out var uri);
        try
        {
            var direct = await TimeAsync(uri, kind, size, 0);
            await using var recorder = CassetteServer.Start(
                CassetteStore.Find(folder, recurse: true),
                new CassetteServerOptions
                {
                    Mode = RecordMode.NewEpisodes,
                    Upstream = uri,
                    RecordTo = folder,
                }
            );
            var recording = await TimeAsync(recorder.Uri, kind, size, 0);
            await using var player = CassetteServer.Start(CassetteStore.Find(folder, recurse: true));
            var replay = await TimeAsync(player.Uri, kind, size, 0);
            var miss = kind is "json-answer" or "download" ? 0 : await TimeAsync(player.Uri, kind, size, 1000);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind, -12} {size >> 20} MB: direct {direct, 5:0} ms, recording {recording, 5:0} ms ({recording / direct:0.0}×), replay {replay, 5:0} ms ({replay / direct:0.0}×), miss {miss, 5:0} ms ({miss / direct:0.0}×); recorded {recorder.Requests.Count(request => request.Outcome == RequestOutcome.Recorded)} of {recorder.RequestCount}"
                )
            );
        }
        finally
        {
            upstream.Close();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Returns the median time of a request, in milliseconds. The first one is not counted.</summary>
    private static async Task<double> TimeAsync(Uri server, string kind, int size, int from)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        client.Timeout = TimeSpan.FromMinutes(5);
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            using var request = Request(kind, size, from + round);
            await request.Content!.LoadIntoBufferAsync();
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await answer.Content.CopyToAsync(Stream.Null);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return ServerFigures.Percentile(times[1..], 0.5);
    }

    private static HttpRequestMessage Request(string kind, int size, int seed)
    {
        var (path, content) = kind switch
        {
            "image" => (
                "/v1/chat/completions",
                Json(
                    $$$"""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Convert.ToBase64String(Bytes(size * 3 / 4, seed))}}}"}}]}]}"""
                )
            ),
            "text" => (
                "/v1/chat/completions",
                Json($$"""{"model":"m","messages":[{"role":"user","content":"{{Words(size, seed)}}"}]}""")
            ),
            "upload" => (
                Uploads,
                new MultipartFormDataContent
                {
                    { new StringContent("batch"), "purpose" },
                    { new ByteArrayContent(Bytes(size, seed)), "file", "a.bin" },
                }
            ),
            _ => ((string, HttpContent))("/v1/embeddings", Json($$"""{"model":"m","input":"{{seed}}"}""")),
        };
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string Words(int length, int seed)
    {
        string[] words = ["the", "model", "answers", "a", "question", "about", "cassettes", "and", "tokens", "with"];
        var random = new Random(seed);
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
        {
            text.Append(words[random.Next(words.Length)]).Append(' ');
        }

        return text.ToString();
    }

    private static HttpListener Upstream(string kind, int size, out Uri uri)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        uri = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add(uri.ToString());
        listener.Start();
        var (type, answer) = kind switch
        {
            "json-answer" => ("application/json", Vectors(size)),
            "download" => ("application/octet-stream", Bytes(size, 1)),
            _ => ("application/json", """{"id":"1","object":"chat.completion","choices":[]}"""u8.ToArray()),
        };
        _ = AnswerAsync(listener, type, answer);
        return listener;
    }

    private static byte[] Vectors(int size)
    {
        var text = new StringBuilder("""{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1""");
        var random = new Random(1);
        while (text.Length < size)
        {
            text.Append(CultureInfo.InvariantCulture, $",{random.NextDouble():0.00000000}");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}],\"model\":\"m\"}").ToString());
    }

    private static async Task AnswerAsync(HttpListener listener, string type, byte[] answer)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                await context.Request.InputStream.CopyToAsync(Stream.Null);
                context.Response.ContentType = type;
                context.Response.ContentLength64 = answer.Length;
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }
}
