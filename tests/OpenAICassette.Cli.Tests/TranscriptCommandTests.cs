using System.Text.Json;

namespace OpenAICassette.Tests;

public sealed class TranscriptCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_transcript_is_text_without_a_title()
    {
        var run = CassetteProcess.Run("transcript", Repository.Capitals);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(6, run.Lines.Count);
        Assert.Equal(
            "assistant  THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.",
            run.Lines[4]
        );
        Assert.Equal("           gpt-4o-2024-08-06 · stop · 28 chunks", run.Lines[5]);
    }

    [Fact]
    public void As_Markdown_what_is_said_is_quoted()
    {
        var run = CassetteProcess.RunWith(
            File.ReadAllBytes(Repository.Capitals),
            "transcript",
            "--as",
            "markdown",
            "-"
        );
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            [
                "_model gpt-4o → gpt-4o-2024-08-06 · finish stop · stream 28 chunks_",
                "",
                "**user**",
                "",
                "> what teams are playing in this image?",
            ],
            run.Lines.Take(5)
        );
    }

    [Fact]
    public void As_JSON_every_transcript_is_one_line()
    {
        _folder.AddCapitals("a.json");
        _folder.AddCapitals("b.json");
        var run = CassetteProcess.Run("transcript", "--as", "JSON", _folder.FullName);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            ["a.json", "b.json"],
            run.Lines.Select(line =>
            {
                using var parsed = JsonDocument.Parse(line);
                Assert.Equal(5, parsed.RootElement.GetProperty("turns").GetArrayLength());
                return parsed.RootElement.GetProperty("name").GetString();
            })
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void As_JSON_path_and_index_are_those_of_the_list(bool merge)
    {
        _folder.AddCapitals("a.json");
        string[] merged = merge ? ["--merge"] : [];
        var listed = CassetteProcess.Run("list", "--json", _folder.FullName);
        var run = CassetteProcess.Run(["transcript", "--as", "json", .. merged, _folder.FullName]);
        using var row = JsonDocument.Parse(Assert.Single(listed.Lines));
        using var line = JsonDocument.Parse(Assert.Single(run.Lines));
        var call = line.RootElement.GetProperty("calls")[0];

        Assert.Equal(PlaceOf(row.RootElement), PlaceOf(line.RootElement));
        Assert.Equal(PlaceOf(row.RootElement), PlaceOf(call));
    }

    [Fact]
    public void Several_transcripts_have_titles_and_a_missing_file_does_not_end_them()
    {
        _folder.AddCapitals("a.json");
        _folder.AddCapitals("b.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "transcript", "a.json", "missing.json", "b.json");
        run.AssertProblems(1, $"{_folder["missing.json"]}: no such file");
        Assert.Equal(
            ["== a.json", "== b.json"],
            run.Lines.Where(line => line.StartsWith("==", StringComparison.Ordinal))
        );
        Assert.Equal(2, run.Lines.Count(line => line.StartsWith("assistant  THE TEAMS", StringComparison.Ordinal)));
    }

    [Fact]
    public void Letters_of_every_kind_are_written_in_UTF_8()
    {
        _folder.Add(
            "é.json",
            """{"request":{"url":"x"},"response":{"body":{"choices":[{"message":{"content":"é\ud83d\ude00 \ud83d"}}]}}}"""u8
        );
        var run = CassetteProcess.Run("transcript", _folder["é.json"]);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal("assistant  é😀 \ufffd", run.Lines[0]);
    }

    private static (string? Path, int Index) PlaceOf(JsonElement element) =>
        (element.GetProperty("path").GetString(), element.GetProperty("index").GetInt32());
}
