using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace OpenAICassette.Benchmarks;

/// <summary>
/// How much of a set with planted secrets is removed, how fast recordings are looked through, and what hostile texts
/// cost.
/// </summary>
internal static class SecretFigures
{
    private const int Runs = 7;
    private const int HostileSize = 10 << 20;

    private static readonly Dictionary<string, Func<int, string>> s_hostile = new()
    {
        ["sk-sk-sk-"] = size => Repeat("sk-", size),
        ["====="] = size => Repeat("=", size),
        ["key=key="] = size => Repeat("key=", size),
        ["random base64"] = size => Convert.ToBase64String(RandomBytes(size * 3 / 4)),
        ["base64 of text"] = size =>
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Repeat("some text, ", size * 3 / 4))),
        ["data: data: "] = size => Repeat("data: ", size),
        ["events"] = size => Repeat("data: {\"a\":1}\n\n", size),
        ["eyJeyJeyJ"] = size => Repeat("eyJ", size),
        ["://a:b@"] = size => Repeat("://a:b@", size),
        ["\\\\\\\\"] = size => Repeat("\\", size),
        ["JSON 50 deep"] = Nested,
    };

    public static async Task<int> PrintAsync(string shared)
    {
        var recordings = Path.Join(shared, "data", "recordings");
        if (!Directory.Exists(recordings))
        {
            await Console.Error.WriteLineAsync($"there is no folder {recordings}; name one that has data/recordings");
            return 2;
        }

        PrintSpeed(recordings);
        PrintHostile();
        return await PrintScoreAsync(shared);
    }

    private static void PrintSpeed(string folder)
    {
        var cassettes = CassetteStore
            .Load(CassetteStore.Find(folder, recurse: true))
            .Where(load => load.Cassette is not null)
            .Select(load => load.Cassette!)
            .Select(cassette => CassetteStore.Open(cassette.Read().ToArray(), CassetteOrigin.OfMemory(cassette.Name)))
            .ToArray();
        var bytes = cassettes.Sum(cassette => (double)cassette.Read().Length);
        var speeds = new List<double>();
        for (var run = 0; run <= Runs * 2; run++)
        {
            var redactor = new Redactor();
            var used = Environment.CpuUsage.TotalTime;
            var found = cassettes.Sum(cassette => redactor.Find(cassette).Count);
            var speed = bytes / 1e6 / (Environment.CpuUsage.TotalTime - used).TotalSeconds;

            // The first rounds are those of the compiler.
            if (run > Runs)
            {
                speeds.Add(speed);
            }

            if (run == 0)
            {
                Print($"{cassettes.Length} recordings, {bytes / 1e6:0} MB: {found} findings");
            }
        }

        Print(
            $"looked through at {ServerFigures.Percentile(speeds, 0.5):0} MB per second of processor time, in process and warm"
        );
    }

    private static void PrintHostile()
    {
        Print($"\n{"hostile text", -16} {"ms for 10 MiB", 14} {"/ half of it", 13}");
        foreach (var (name, make) in s_hostile)
        {
            var half = Time(make(HostileSize / 2));
            var whole = Time(make(HostileSize));
            Print($"{name, -16} {whole, 14:0} {whole / half, 13:0.0}");
        }
    }

    private static double Time(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var cassette = CassetteStore.OpenText(file, "hostile.txt");
        var started = Stopwatch.GetTimestamp();
        new Redactor().Find(cassette);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<int> PrintScoreAsync(string shared)
    {
        var set = Path.Join(shared, "data", "secret-eval-public.tar.gz");
        if (!File.Exists(set))
        {
            Print($"\nnot here: {set}");
            return 0;
        }

        var work = Directory.CreateTempSubdirectory("cassette-secrets-").FullName;
        try
        {
            await using (var zip = new GZipStream(File.OpenRead(set), CompressionMode.Decompress))
            {
                await TarFile.ExtractToDirectoryAsync(zip, work, overwriteFiles: false);
            }

            var planted = Directory.GetFiles(work, "truth.jsonl", SearchOption.AllDirectories).Single() is var truth
                ? Path.GetDirectoryName(truth)!
                : work;
            var clean = Path.Join(work, "redacted");
            foreach (
                var (title, options) in new[]
                {
                    ("standard rules", new RedactionOptions()),
                    ("all rules", new RedactionOptions { IncludePersonalData = true, IncludeIdentifiers = true }),
                }
            )
            {
                Redact(planted, clean, options);
                Print($"\n{title}");
                using var score = Process.Start(
                    new ProcessStartInfo("python3")
                    {
                        ArgumentList = { Path.Join(shared, "tools", "score.py"), "redacted", planted, clean },
                    }
                )!;
                await score.WaitForExitAsync();
                Directory.Delete(clean, recursive: true);
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private static void Redact(string from, string to, RedactionOptions options)
    {
        var redactor = new Redactor(options);
        foreach (
            var file in Directory
                .EnumerateFiles(from, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetDirectoryName(file) != from)
                .Order(StringComparer.Ordinal)
        )
        {
            var target = Path.Join(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var stream = File.OpenRead(file);
            File.WriteAllBytes(target, redactor.Redact(CassetteStore.OpenText(stream, file)).Cassette.Read().Span);
        }
    }

    private static string Nested(int size)
    {
        // Each level escapes the one in it, so what is inside stays small, and what is deep stands beside much that is
        // not.
        var inner = "1";
        for (var depth = 0; depth < 50 && inner.Length < size / 2; depth++)
        {
            inner = $"{{\"a\":{System.Text.Json.JsonSerializer.Serialize(inner)}}}";
        }

        return $"[{string.Join(",", Enumerable.Repeat(inner, Math.Max(1, size / inner.Length)))}]";
    }

    private static byte[] RandomBytes(int size)
    {
        var bytes = new byte[size];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static string Repeat(string text, int size) =>
        new StringBuilder(size + text.Length).Insert(0, text, (size / text.Length) + 1).ToString(0, size);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
