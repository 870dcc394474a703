using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary><c>cassette list --json --keys</c>.</summary>
public sealed class ListKeysTests : IDisposable
{
    private static readonly string[] s_newest = ["h6b", "h6c", "h7"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void With_keys_every_line_has_the_key_the_algorithms_and_the_era_after_all_else()
    {
        _folder.AddCapitals("60c9dd312fdc.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "list", "--json", "--keys", ".");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        using var line = JsonDocument.Parse(Assert.Single(run.Lines));
        Assert.Equal(
            [
                "path",
                "index",
                "format",
                "method",
                "url",
                "endpoint",
                "model",
                "streaming",
                "events",
                "chunks",
                "testId",
                "api",
                "status",
                "reconstructed",
                "key",
                "keyAlgorithms",
                "era",
            ],
            line.RootElement.EnumerateObject().Select(member => member.Name)
        );
        Assert.Matches("^[0-9a-f]{64}$", line.RootElement.GetProperty("key").GetString());
        Assert.Equal("[\"h1\"]", line.RootElement.GetProperty("keyAlgorithms").GetRawText());
        Assert.Equal("E0-E2", line.RootElement.GetProperty("era").GetString());
    }

    [Fact]
    public void A_recording_without_a_key_has_null_and_no_algorithms()
    {
        var path = _folder.Add(
            "a.json",
            """{"request":{"api":"file_processors","file_id":"f"},"response":{"body":null}}"""u8
        );
        using var line = JsonDocument.Parse(Assert.Single(CassetteProcess.Run("list", "--json", "--keys", path).Lines));
        Assert.Equal(
            "null [] E11",
            $"{line.RootElement.GetProperty("key").GetRawText()} {line.RootElement.GetProperty("keyAlgorithms").GetRawText()} {line.RootElement.GetProperty("era").GetString()}"
        );
    }

    [Fact]
    public void A_list_for_people_has_no_keys() =>
        Assert.Equal(
            CassetteProcess.Run("list", Repository.Capitals).Lines,
            CassetteProcess.Run("list", "--keys", Repository.Capitals).Lines
        );

    [Fact]
    public void The_algorithms_of_the_whole_corpus_are_those_of_its_table()
    {
        var run = CassetteProcess.Run("list", "--json", "--keys", SharedData.Recordings);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        var expected = File.ReadLines(Path.Join(SharedData.Recordings, "INDEX.tsv"))
            .Skip(1)
            .Select(row => row.Split('\t'))
            .Select(cells =>
                $"{Path.Join(SharedData.Recordings, cells[0])}: {(cells[2] is "none" or "-" ? "" : cells[2])}"
            );
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            run.Lines.Select(Algorithms).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The algorithms of the line; the table was made before the newest ones.</summary>
    private static string Algorithms(string line)
    {
        using var parsed = JsonDocument.Parse(line);
        var algorithms = parsed
            .RootElement.GetProperty("keyAlgorithms")
            .EnumerateArray()
            .Select(algorithm => algorithm.GetString()!);
        algorithms = algorithms.Except(s_newest);
        return $"{parsed.RootElement.GetProperty("path").GetString()}: {string.Join(',', algorithms)}";
    }
}
