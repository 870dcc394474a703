using System.Text.Json;

namespace OpenAICassette.Tests;

public sealed class GrepCommandTests : IDisposable
{
    private const string Answer = "THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_that_the_chunks_of_a_stream_cut_is_found_with_its_place()
    {
        _folder.AddCapitals("a.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "grep", "BROOKLYN +NETS", ".");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal([$"./a.json:0: answer 0: {Answer}"], run.Lines);
    }

    [Fact]
    public void As_JSON_a_match_is_one_line()
    {
        _folder.AddCapitals("a.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "grep", "-i", "-F", "all CAPS.", "a.json", "--json");
        using var match = JsonDocument.Parse(Assert.Single(run.Lines));
        Assert.Equal(
            """{"path":"a.json","index":0,"place":"request /messages/3/content","role":"user","lineNumber":1,"line":"Repeat your previous response in all caps.","start":33,"length":9}""",
            match.RootElement.GetRawText()
        );
    }

    [Fact]
    public void The_exit_code_is_1_if_nothing_matches_and_a_folder_of_files_that_are_ruled_out_has_cassettes()
    {
        _folder.AddCapitals("a.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "grep", "nowhere to be found", ".");
        Assert.Equal((1, string.Empty, string.Empty), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void A_pattern_that_is_not_valid_is_refused()
    {
        var run = CassetteProcess.RunIn(_folder.FullName, "grep", "(", "a.json");
        Assert.Equal(2, run.Code);
        Assert.StartsWith("cassette: not a regular expression: ", run.Problems[0], StringComparison.Ordinal);
        Assert.EndsWith("Use --text to search for a text.", run.Problems[0], StringComparison.Ordinal);
    }
}
