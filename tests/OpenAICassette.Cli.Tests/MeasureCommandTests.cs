namespace OpenAICassette.Tests;

/// <summary><c>cassette measure</c> and <c>cassette repair</c>.</summary>
public sealed class MeasureCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Groups_by_several_criteria_have_a_line_each_with_their_cost()
    {
        _folder.AddCapitals("a.json");
        _folder.Add("prices.json", """{"gpt-4o*":{"prompt":2.5,"completion":10}}"""u8);
        var run = CassetteProcess.RunIn(
            _folder.FullName,
            "measure",
            "a.json",
            "--by",
            "model,day",
            "--price",
            "prices.json",
            "--json"
        );
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.StartsWith(
            """{"model":"gpt-4o","day":"","files":1,"interactions":1,"chunks":28,""",
            Assert.Single(run.Lines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_table_is_for_people()
    {
        _folder.AddCapitals("a.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "measure", ".");
        Assert.Equal((0, 2), (run.Code, run.Lines.Count));
        Assert.Equal(
            ["NAME", "FILES", "CALLS", "PROMPT", "COMPLETION"],
            run.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.StartsWith("gpt-4o ", run.Lines[1], StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.Equal(78, line.Length));
    }

    [Fact]
    public void Other_criteria_and_price_files_that_are_not_valid_are_refused()
    {
        _folder.AddCapitals("a.json");
        _folder.Add("prices.json", """{"gpt-4o*":{"prompt":2.5}}"""u8);
        CassetteProcess
            .RunIn(_folder.FullName, "measure", "a.json", "--by", "week")
            .AssertProblems(2, "--by takes model, endpoint, format, testid, day; got 'week'", "see 'cassette --help'");
        var run = CassetteProcess.RunIn(_folder.FullName, "measure", "a.json", "--price", "prices.json");
        Assert.Equal(1, run.Code);
        Assert.StartsWith(
            "cassette: prices.json: the price of 'gpt-4o*' must be",
            run.Problems[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Repair_shows_what_it_would_change_then_changes_it_and_then_has_nothing_to_do()
    {
        _folder.AddCapitals("a.json");
        CassetteProcess Run(params string[] options) =>
            CassetteProcess.RunIn(_folder.FullName, ["repair", ".", .. options]);
        var planned = Run("--dry-run", "--id", "NotCanonical");
        Assert.Equal(["./a.json: write canonical text"], planned.Lines);
        Assert.Equal(["a.json"], _folder.Files);
        var run = Run();
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Matches("^\\./a\\.json: rename to [0-9a-f]{64}\\.json; write canonical text$", Assert.Single(run.Lines));
        Assert.DoesNotContain("a.json", _folder.Files);
        Assert.Empty(Run().Lines);
    }

    [Theory]
    [InlineData(
        "repair a.json --id Nope",
        "--id takes NameNotKey, KeyUnknown, KeySuperseded, ModelDigest, ResponseId, NotCanonical; got 'Nope'"
    )]
    [InlineData("repair -", "standard input cannot be repaired")]
    public void Repair_refuses_what_it_cannot_do(string command, string problem) =>
        CassetteProcess.RunIn(_folder.FullName, command.Split(' ')).AssertProblems(2, problem, "see 'cassette --help'");
}
