using System.Text.Json;

namespace OpenAICassette.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private const string NotKey = "the file is not named by a key, so its recorder cannot find it";
    private const string NotCanonical = "the text does not have the recorder's layout";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_finding_is_one_line_with_the_path_as_it_was_given()
    {
        _folder.AddCapitals("a.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "verify", "a.json");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            [
                $"a.json: warning NameNotKey (recorder): {NotKey}",
                $"a.json: information NotCanonical (recorder): {NotCanonical}",
            ],
            run.Lines
        );
    }

    [Fact]
    public void As_JSON_every_finding_is_one_line_with_every_member()
    {
        _folder.AddCapitals("a.json");
        var run = CassetteProcess.RunIn(_folder.FullName, "verify", "--json", ".");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            [
                $"NameNotKey|warning|recorder|./a.json||{NotKey}|Repair-Cassette renames it to its current key",
                $"NotCanonical|information|recorder|./a.json||{NotCanonical}|Repair-Cassette rewrites it",
            ],
            run.Lines.Select(Members)
        );
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    [InlineData("Information", 1)]
    public void The_exit_code_is_1_from_the_given_severity_on(string severity, int code)
    {
        var run = CassetteProcess.Run("verify", Repository.Capitals, "--fail-on", severity);
        Assert.Equal((code, string.Empty, 2), (run.Code, run.Error, run.Lines.Count));
    }

    [Theory]
    [InlineData("fatal")]
    [InlineData("2")]
    public void Another_severity_is_not_understood(string severity) =>
        CassetteProcess
            .Run("verify", Repository.Capitals, "--fail-on", severity)
            .AssertProblems(
                2,
                $"--fail-on takes information, warning, error; got '{severity}'",
                "see 'cassette --help'"
            );

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_among_the_others()
    {
        var broken = _folder.Add("a.json", "{"u8);
        var copy = _folder.AddCapitals("b.json");
        var run = CassetteProcess.Run("verify", "--json", broken, copy, Repository.Capitals);
        Assert.Equal((1, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            [
                "Unreadable error",
                "NameNotKey warning",
                "NotCanonical information",
                "NameNotKey warning",
                "NotCanonical information",
                "DuplicateContent warning",
            ],
            run.Lines.Select(line => string.Join(' ', Members(line).Split('|')[..2]))
        );
        Assert.StartsWith(
            $"Unreadable|error|replay|{broken}||not JSON at line 1, column 2 (byte offset 1): ",
            Members(run.Lines[0]),
            StringComparison.Ordinal
        );
        Assert.Contains($"the file has the same bytes as {copy}", Members(run.Lines[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_is_an_error()
    {
        var run = CassetteProcess.Run("verify", _folder["missing.json"]);
        Assert.Equal((1, string.Empty), (run.Code, run.Error));
        Assert.Equal([$"{_folder["missing.json"]}: error Unreadable: no such file"], run.Lines);
    }

    [Fact]
    public void A_recording_that_is_as_it_should_be_is_not_mentioned()
    {
        var run = CassetteProcess.Run(
            "verify",
            SharedData.Era("head/common/recordings", "02c93bb3"),
            "--fail-on",
            "information"
        );
        Assert.Equal((0, string.Empty, string.Empty), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void The_whole_corpus_is_verified_and_its_errors_are_those_that_are_known()
    {
        var run = CassetteProcess.Run("verify", "--json", SharedData.Recordings);
        Assert.Equal((1, string.Empty), (run.Code, run.Error));
        (string Kind, int Count)[] known =
        [
            ("Directory|warning", 7),
            ("DuplicateContent|warning", 13),
            ("DuplicateName|information", 2),
            ("KeySuperseded|error", 86),
            ("KeyUnknown|error", 27),
            ("ResponseId|warning", 5),
            ("UsageTotal|warning", 2),
        ];
        var found = run.Lines.CountBy(line => string.Join('|', Members(line).Split('|')[..2])).ToDictionary();
        Assert.Equal(known.Select(kind => kind.Kind), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(known, kind => SharedData.AssertCount(kind.Count, found[kind.Kind]));
    }

    /// <summary>The values of a finding's members, which must be these and in this order.</summary>
    private static string Members(string line)
    {
        using var parsed = JsonDocument.Parse(line);
        Assert.Equal(
            ["id", "severity", "audience", "path", "pointer", "message", "mend"],
            parsed.RootElement.EnumerateObject().Select(member => member.Name)
        );
        return string.Join('|', parsed.RootElement.EnumerateObject().Select(member => member.Value.ToString()));
    }
}
