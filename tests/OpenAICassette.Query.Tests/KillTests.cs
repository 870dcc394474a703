using System.Diagnostics;
using Parquet;

namespace OpenAICassette.Query.Tests;

/// <summary>
/// A program that is killed at any moment leaves the old index or the new one, and the next update goes on from there.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Files = 40;

    private readonly SampleCorpus _corpus = new();
    private readonly BuiltIndex _index = new();
    private readonly Random _random = new();

    public void Dispose()
    {
        _corpus.Dispose();
        _index.Dispose();
    }

    [Fact]
    public async Task An_update_of_an_index()
    {
        Write(0);
        Update();
        Write(1);
        var whole = Stopwatch.StartNew();
        Update();
        whole.Stop();
        for (var round = 2; round < KilledProgram.Kills + 2; round++)
        {
            Write(round);
            var life = whole.Elapsed * _random.NextDouble();
            await KilledProgram.RunAsync("cassette-query.dll", Arguments, _corpus.Folder, life);
            foreach (var file in Directory.GetFiles(_index.Folder, "shard-*", SearchOption.AllDirectories))
            {
                await using var reader = await ParquetReader.CreateAsync(file);
                Assert.True(reader.RowGroupCount >= 0);
            }

            string?[] oldOrNew = [$"round {round - 1} {Files}", $"round {round} {Files}", null];
            Assert.Contains(Asked(), oldOrNew);
            Update();
            Assert.Equal($"round {round} {Files}", Asked());
            Assert.Empty(_index.Notes);
            Assert.Empty(Directory.GetFiles(_index.Folder, ".*", SearchOption.AllDirectories));
        }
    }

    /// <summary>Changes all files. They are old, so that their sizes and times alone tell that.</summary>
    private void Write(int round)
    {
        for (var i = 0; i < Files; i++)
        {
            var file = _corpus.AddAnswer($"killed/{i}.json", $"round {round}", "stop");
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(round));
        }
    }

    private string[] Arguments =>
        ["index", Path.Join(_corpus.Folder, "killed"), "--out", _index.Folder, "--text", "--findings"];

    private void Update()
    {
        var run = QueryProcess.Run("", Arguments);
        Assert.Equal((0, ""), (run.Code, run.Error));
    }

    /// <summary>
    /// Returns what the index says that was answered, and how many facts it has; null if it says that it is incomplete.
    /// </summary>
    private string? Asked()
    {
        try
        {
            var texts = _index.Ask("SELECT DISTINCT text FROM messages WHERE origin = 'answer'", isChecked: false);
            var facts = _index.Ask("SELECT count(*) FROM interactions JOIN files USING (path)", isChecked: false);
            return $"{string.Join(", ", texts)} {facts[0]}";
        }
        catch (QueryException e)
        {
            Assert.EndsWith("Update it again.", e.Message, StringComparison.Ordinal);
            return null;
        }
    }
}
