namespace OpenAICassette.Tests;

/// <summary>What is told of a cassette beside others, and of a file that is none.</summary>
public sealed class CassetteSetTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HealthCheck _check = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_file_with_the_same_bytes_is_told_with_the_first()
    {
        var (first, second) = (_folder.AddCapitals("a/60c9dd312fdc.json"), _folder.AddCapitals("b/copy.json"));
        Assert.DoesNotContain(Check(first), finding => finding.Id == HealthId.DuplicateContent);
        var finding = Assert.Single(Check(second), finding =>
            finding.Id.StartsWith("Duplicate", StringComparison.Ordinal)
        );
        Assert.Equal(
            (
                HealthId.DuplicateContent,
                HealthSeverity.Warning,
                second,
                "",
                $"the file has the same bytes as {first}",
                "remove one of them"
            ),
            (finding.Id, finding.Severity, finding.Path, finding.Pointer, finding.Message, finding.Mend)
        );
    }

    [Fact]
    public void A_second_file_with_the_same_name_is_told_with_the_first()
    {
        var first = _folder.AddCapitals("a/x.json");
        var second = _folder.Add("b/x.json", [.. File.ReadAllBytes(Repository.Capitals), (byte)'\n']);
        Assert.DoesNotContain(Check(first), finding => finding.Id == HealthId.DuplicateName);
        var finding = Assert.Single(Check(second), finding =>
            finding.Id.StartsWith("Duplicate", StringComparison.Ordinal)
        );
        Assert.Equal(
            (
                HealthId.DuplicateName,
                HealthSeverity.Information,
                second,
                "",
                $"the file has the same name as {first}; a test finds the one next to it"
            ),
            (finding.Id, finding.Severity, finding.Path, finding.Pointer, finding.Message)
        );
    }

    [Fact]
    public void Files_with_other_names_and_bytes_are_not_in_each_others_way()
    {
        Check(_folder.AddCapitals("a/x.json"));
        Assert.DoesNotContain(
            Check(_folder.Add("a/y.json", [.. File.ReadAllBytes(Repository.Capitals), (byte)'\n'])),
            finding => finding.Id.StartsWith("Duplicate", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_with_the_problem_and_without_its_path_twice()
    {
        var path = _folder.Add("a.json", "{"u8);
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        var finding = HealthCheck.Of(error);
        Assert.Equal(
            (HealthId.Unreadable, HealthSeverity.Error, path, "", null),
            (finding.Id, finding.Severity, finding.Path, finding.Pointer, finding.Mend)
        );
        Assert.Equal(error.Message, $"{path}: {finding.Message}");
        Assert.Equal($"{path}: error Unreadable: {finding.Message}", finding.ToString());
        Assert.StartsWith("not JSON at line 1, column 2", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cassette_without_a_file_is_told_by_its_name_and_without_a_directory()
    {
        var findings = HealthCheck.CheckAlone(BuiltCassette.Open(File.ReadAllBytes(Repository.Capitals)));
        Assert.Equal([HealthId.NameNotKey, HealthId.NotCanonical], findings.Select(finding => finding.Id));
        Assert.All(findings, finding => Assert.Equal("built.json", finding.Path));
    }

    private IReadOnlyList<HealthFinding> Check(string path) => _check.Check(CassetteStore.Open(path));
}
