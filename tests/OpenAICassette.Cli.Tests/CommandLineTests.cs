namespace OpenAICassette.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("list", "--help")]
    [InlineData("transcript", "-h")]
    [InlineData("replay", "--help")]
    [InlineData("scrub", "--help")]
    public void Help_is_given_when_asked_for(params string[] arguments)
    {
        var run = CassetteProcess.Run(arguments);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("list")]
    [InlineData("list", "--unknown", "x")]
    [InlineData("unknown")]
    [InlineData("transcript", "x", "--as", "pdf")]
    [InlineData("transcript", "x", "--as", "1")]
    [InlineData("replay")]
    [InlineData("scrub")]
    public void What_is_not_understood_is_told_and_ends_with_2(params string[] arguments)
    {
        var run = CassetteProcess.Run(arguments);
        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.All(run.Problems, problem => Assert.StartsWith("cassette: ", problem, StringComparison.Ordinal));
        Assert.Equal("cassette: see 'cassette --help'", run.Problems[^1]);
        Assert.True(run.Problems.Count > 1);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("fast")]
    [InlineData("1,5")]
    [InlineData("")]
    public void A_speed_that_is_no_number_above_0_is_not_understood(string speed)
    {
        var run = CassetteProcess.Run("replay", Repository.Capitals, "--speed", speed);
        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains("--speed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_empty_is_a_problem_and_no_crash()
    {
        var run = CassetteProcess.Run("list", "", Repository.Capitals);
        Assert.InRange(run.Code, 1, 2);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
