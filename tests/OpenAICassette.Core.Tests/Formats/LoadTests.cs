using System.Collections.Concurrent;

namespace OpenAICassette.Tests;

public class LoadTests
{
    [Fact]
    public void The_corpus_loads_in_path_order_with_only_its_index_passed_over()
    {
        var loads = CassetteStore.Load(CassetteStore.Find(SharedData.Recordings, recurse: true)).ToList();
        Assert.Equal(["INDEX.tsv"], loads.Where(load => load.Cassette is null).Select(load => load.File.RelativePath));
        Assert.Equal(SharedData.Files, loads.Select(load => load.Cassette?.Path).OfType<string>());
    }

    [Fact]
    public void Loading_on_several_threads_at_once_gives_what_loading_alone_does()
    {
        static string Views(string path) => CassetteView.Of(CassetteStore.Open(path));
        var paths = SharedData.Files.Where((_, index) => index % 5 == 0).ToList();
        var alone = paths.Select(Views).ToList();
        var together = new ConcurrentDictionary<string, string>();
        Parallel.ForEach(
            Enumerable.Repeat(paths, 2).SelectMany(path => path),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            path => Assert.Equal(together.GetOrAdd(path, Views), Views(path))
        );
        Assert.Equal(alone, paths.Select(path => together[path]));
    }

    [Fact]
    public void One_cassette_may_be_read_by_several_threads_at_once()
    {
        var cassette = CassetteStore.Open(Repository.Capitals);
        var expected = CassetteView.Of(CassetteStore.Open(Repository.Capitals));
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            Assert.Equal(expected, CassetteView.Of(cassette))
        );
    }

    [Fact]
    public void Loading_can_be_abandoned_after_the_first_and_looks_only_a_little_ahead()
    {
        var asked = 0;
        IEnumerable<CassetteFile> Files()
        {
            while (true)
            {
                asked++;
                yield return new CassetteFile(Repository.Capitals, "capitals.json", Named: true);
            }
        }

        Assert.Equal("capitals.json", CassetteStore.Load(Files()).First().Cassette?.Name);

        // Of these, only as many as there are cores are begun.
        Assert.InRange(asked, 1, Environment.ProcessorCount * 32);
    }

    [SharedDataFact]
    public async Task Loading_without_holding_a_thread_gives_the_same()
    {
        var files = CassetteStore.Find(SharedData.Recordings, recurse: true).ToList();
        var loaded = new List<string?>();
        await foreach (var load in CassetteStore.LoadAsync(files))
        {
            loaded.Add(load.Cassette?.Path);
        }

        Assert.Equal(CassetteStore.Load(files).Select(load => load.Cassette?.Path), loaded);
    }

    [Fact]
    public async Task Loading_without_holding_a_thread_stops_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var file = new CassetteFile(Repository.Capitals, "capitals.json", Named: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in CassetteStore.LoadAsync(Enumerable.Repeat(file, 1000), cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    [Fact]
    public void Loading_that_is_cancelled_stops()
    {
        using var cancellation = new CancellationTokenSource();
        var file = new CassetteFile(Repository.Capitals, "capitals.json", Named: true);
        using var loads = CassetteStore.Load(Enumerable.Repeat(file, 10_000), cancellation.Token).GetEnumerator();
        Assert.True(loads.MoveNext());
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (loads.MoveNext()) { }
        });
    }

    [Fact]
    public void A_stream_is_a_cassette_in_memory()
    {
        using var stream = File.OpenRead(Repository.Capitals);
        var cassette = CassetteStore.Open(stream, "<stdin>");
        Assert.Equal(
            ("<stdin>", null, null, false),
            (cassette.Name, cassette.Path, cassette.SourcePath, cassette.Saved)
        );
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), cassette.Read().ToArray());
    }

    [Fact]
    public void A_file_is_a_saved_cassette_with_its_full_path()
    {
        var cassette = CassetteStore.Open(Path.GetRelativePath(Environment.CurrentDirectory, Repository.Capitals));
        Assert.Equal(
            ("capitals.json", Repository.Capitals, Repository.Capitals, "capitals.json", true, 15367),
            (cassette.Name, cassette.Path, cassette.SourcePath, cassette.RelativePath, cassette.Saved, cassette.Length)
        );
    }
}
