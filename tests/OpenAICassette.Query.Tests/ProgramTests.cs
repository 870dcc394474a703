namespace OpenAICassette.Query.Tests;

/// <summary>The program <c>cassette-query</c>, as users run it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly SampleCorpus _corpus = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _corpus.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_index_is_made_of_a_list_of_files_and_asked()
    {
        var files = Directory.GetFiles(_corpus.Folder, "*.json");
        var index = QueryProcess.Run(string.Join('\n', files), "index", "-", "--out", _folder["index"]);
        Assert.Equal(
            (0, "10 files: 10 read, 0 unchanged, 0 removed, 0 failed; 10 interactions\n", ""),
            (index.Code, index.Output, index.Error)
        );

        var answer = QueryProcess.Run(
            "",
            "SELECT model, count(*) AS calls FROM interactions GROUP BY model ORDER BY model",
            "--index",
            _folder["index"],
            "--as",
            "csv"
        );
        Assert.Equal((0, "model,calls\ngpt-4o,7\ngpt-4o-mini,3\n", ""), (answer.Code, answer.Output, answer.Error));
    }

    [Fact]
    public void Files_are_asked_without_an_index_and_with_prices()
    {
        var prices = _folder.Add("prices.json", """{"gpt-4o":{"prompt":1000000,"completion":0}}"""u8);
        var answer = QueryProcess.Run(
            "",
            "SELECT sum(cost) AS cost FROM interactions",
            _corpus.Folder,
            "--price",
            prices,
            "--as",
            "json"
        );
        Assert.Equal((0, "{\"cost\":45}\n", ""), (answer.Code, answer.Output, answer.Error));
    }

    [Theory]
    [InlineData("specify either --index DIR or the paths to read", 2, "SELECT 1")]
    [InlineData(
        "--shard takes a part and how many there are, such as 3/16; got '5/4'",
        2,
        "index",
        ".",
        "--out",
        "o",
        "--shard",
        "5/4"
    )]
    [InlineData("Parser Error: syntax error at or near \"SELEC\"", 1, "SELEC", "module/examples")]
    public void A_mistake_is_told_with_the_name_of_the_program(string problem, int code, params string[] arguments)
    {
        var run = QueryProcess.Run("", arguments);
        Assert.Equal(code, run.Code);
        Assert.StartsWith($"cassette-query: {problem}", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
