using System.Text.Json;
using System.Xml.Linq;

namespace OpenAICassette.Tests;

/// <summary>The option --report of verify and scrub.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verify_tells_GitHub_one_command_for_each_finding_with_relative_paths()
    {
        _folder.AddCapitals("sub/a.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "verify", _folder["sub"], "--report", "github");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(2, run.Lines.Count);
        Assert.StartsWith(
            "::warning file=sub/a.json,line=1,title=NameNotKey::the file is not named by a key",
            run.Lines[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "::notice file=sub/a.json,line=1,title=NotCanonical::",
            run.Lines[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Verify_writes_SARIF_JUnit_and_Markdown_and_keeps_its_exit_code()
    {
        _folder.AddCapitals("a.json");
        _folder.Add("b.json", "{"u8);
        CassetteProcess Run(string format) =>
            CassetteProcess.RunIn(_folder.FullName, "verify", "a.json", "b.json", "--report", format);
        Assert.All(["sarif", "JUnit", "markdown", "github"], format =>
            Assert.Equal((1, string.Empty), (Run(format).Code, Run(format).Error))
        );
        using var sarif = JsonDocument.Parse(Run("sarif").Output);
        Assert.Equal(
            ["NameNotKey", "NotCanonical", "Unreadable"],
            sarif
                .RootElement.GetProperty("runs")[0]
                .GetProperty("results")
                .EnumerateArray()
                .Select(result => result.GetProperty("ruleId").GetString())
        );
        Assert.Equal(("3", "2"), (Count(Run("junit").Output, "tests"), Count(Run("junit").Output, "failures")));
        Assert.StartsWith("3 findings, 1 of them errors.", Run("markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Scrub_reports_the_kind_and_the_place_of_a_secret_and_never_its_value()
    {
        var key = PlantedKey.Of("openai-api-key");
        _folder.Add(
            "a.json",
            System.Text.Encoding.UTF8.GetBytes(
                $$$"""{"request":{"url":"x","body":{"messages":[{"content":"my key is {{{key}}}"}]}},"response":{"body":1}}"""
            )
        );
        CassetteProcess Run(string format) =>
            CassetteProcess.RunIn(_folder.FullName, "scrub", "a.json", "--check", "--report", format);
        Assert.All(["sarif", "junit", "markdown", "github"], format =>
        {
            var run = Run(format);
            Assert.Equal(1, run.Code);
            Assert.Contains("openai-api-key", run.Output, StringComparison.Ordinal);
            Assert.Contains("/request/body/messages/0/content", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(key, run.Output + run.Error, StringComparison.Ordinal);
        });
        Assert.Equal("1", Count(Run("junit").Output, "failures"));
    }

    [Theory]
    [InlineData("markdown", "No findings.\n")]
    [InlineData("github", "")]
    public void Without_a_finding_the_report_says_so(string format, string expected)
    {
        _folder.Add("a.json", """{"request":{"url":"x"},"response":{"body":1}}"""u8);
        var run = CassetteProcess.RunIn(_folder.FullName, "scrub", "a.json", "--check", "--report", format);
        Assert.Equal((0, expected), (run.Code, run.Output.ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("verify", "pdf")]
    [InlineData("scrub --check", "1")]
    public void Another_report_is_not_understood(string command, string word) =>
        CassetteProcess
            .Run([.. command.Split(' '), Repository.Capitals, "--report", word])
            .AssertProblems(
                2,
                $"--report takes sarif, github, junit, markdown, html; got '{word}'",
                "see 'cassette --help'"
            );

    private static string Count(string junit, string name) => XDocument.Parse(junit).Root!.Attribute(name)!.Value;
}
