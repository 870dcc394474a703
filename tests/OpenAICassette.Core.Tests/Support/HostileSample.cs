using System.Collections.Concurrent;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Small public recordings, at least one of every kind, on which hostile changes are tried.</summary>
internal static class HostileSample
{
    private const int Count = 40;
    private const int LargestSize = 12_000;
    private static readonly Lazy<IReadOnlyList<(string Name, byte[] Bytes)>> s_files = new(Read);

    /// <summary>The files.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Files => s_files.Value;

    /// <summary>
    /// Tries changes on every file of the sample, and fails with each different failure and one example of it.
    /// </summary>
    /// <param name="changes">
    /// Gives changed files with what was done; the random numbers are the same in every run.
    /// </param>
    /// <param name="check">Fails where a changed file is not taken as it should be.</param>
    public static void All(
        Func<byte[], Random, IEnumerable<(string What, byte[] Bytes)>> changes,
        Action<string, byte[]> check
    )
    {
        var tried = 0;
        var failures = new ConcurrentDictionary<string, string>();
        Parallel.ForEach(s_files.Value, file =>
        {
            var random = new Random(file.Bytes.Length);
            foreach (var (what, bytes) in changes(file.Bytes, random))
            {
                Interlocked.Increment(ref tried);
                try
                {
                    check(file.Name, bytes);
                }
#pragma warning disable CA1031 // Whatever goes wrong is told, with the file and the change, together with the rest.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failures.TryAdd(Kind(e), $"{file.Name}: {what}");
                }
            }
        });
        Assert.True(
            failures.IsEmpty,
            string.Join(
                '\n',
                failures.Select(failure => $"{failure.Key}; for example {failure.Value}").Order(StringComparer.Ordinal)
            )
        );
        Assert.InRange(tried, s_files.Value.Count, int.MaxValue);
    }

    /// <summary>Which failures are the same one: those of a type, at a place in the engine.</summary>
    private static string Kind(Exception e)
    {
        var place = e
            .StackTrace?.Split('\n')
            .FirstOrDefault(line =>
                line.Contains("at OpenAICassette.", StringComparison.Ordinal)
                && !line.Contains(".Tests.", StringComparison.Ordinal)
            );
        return place is null ? e.Message : $"{e.GetType().Name} {place.Trim()}";
    }

    private static List<(string Name, byte[] Bytes)> Read()
    {
        var files = SharedData
            .Files.Where(path => new FileInfo(path).Length < LargestSize)
            .Select(path => (Path: path, Bytes: File.ReadAllBytes(path)))
            .ToList();
        var kinds = files
            .GroupBy(file => Kind(file.Bytes))
            .Select(kind => kind.OrderBy(file => file.Bytes.Length).ToList())
            .ToList();
        Assert.InRange(kinds.Count, SharedData.IsWhole ? 20 : 15, Count);
        return
        [
            .. kinds
                .Select(kind => kind[0])
                .Concat(kinds.SelectMany(kind => kind.Skip(1).Take(2)))
                .Take(Count)
                .Select(file => (Path.GetFileName(file.Path), file.Bytes)),
        ];
    }

    private static string Kind(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var response = document.RootElement.GetProperty("response");
        var body = response.GetProperty("body");
        var first = body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().FirstOrDefault() : body;
        var type = first.ValueKind == JsonValueKind.Object ? first.Member("__type__").Text()?.Split('.')[^1] : null;
        return string.Join(
            ' ',
            body.ValueKind,
            first.ValueKind,
            type,
            response.GetProperty("is_streaming"),
            response.Member("is_exception"),
            response.Member("status"),
            string.Join(
                ',',
                document.RootElement.GetProperty("request").EnumerateObject().Select(member => member.Name)
            )
        );
    }
}
