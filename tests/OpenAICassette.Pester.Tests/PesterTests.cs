using OpenAICassette.Hosting.Tests;

namespace OpenAICassette.Pester.Tests;

/// <summary>
/// Runs the acceptance tests in the folder Pester on a real PowerShell, one row per file and Pester version.
/// </summary>
[Trait("Category", "Pester")]
public sealed class PesterTests(PesterRun run) : IClassFixture<PesterRun>
{
    /// <summary>The files whose cmdlets work with Pester itself; they also run on the older versions.</summary>
    private static readonly string[] s_filesOnAllVersions =
    [
        "Suite.Tests.ps1",
        "Use-Cassette.Tests.ps1",
        "Use-Cassette.Record.Tests.ps1",
    ];

    /// <summary>Gets the rows: every file on the main version, some on all versions.</summary>
    public static TheoryData<string, string> Files
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var path in Directory.EnumerateFiles(PesterFolder, "*.Tests.ps1").Order(StringComparer.Ordinal))
            {
                var file = Path.GetFileName(path);
                foreach (
                    var version in s_filesOnAllVersions.Contains(file)
                        ? PesterPackage.Versions
                        : [PesterPackage.MainVersion]
                )
                {
                    rows.Add(file, version);
                }
            }

            return rows;
        }
    }

    private static string PesterFolder => Path.Join(Repository.Root, "Pester");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Passes(string file, string pester)
    {
        var result = await run.Run(Path.Join(PesterFolder, file), pester);
        Assert.True(result.Failures.Count == 0, Describe(result));
        Assert.True(result.Passed + result.Skipped > 0, $"{file} ran no test.");
    }

    [Fact]
    public void EveryFileOnAllVersionsExists() =>
        Assert.All(s_filesOnAllVersions, file => Assert.True(File.Exists(Path.Join(PesterFolder, file)), file));

    private static string Describe(PesterResult result)
    {
        var counts = $"{result.Failures.Count} failed, {result.Passed} passed, {result.Skipped} skipped";
        return string.Join(
            "\n\n",
            [counts, .. result.Failures.Select(failure => $"[-] {failure.Name}\n{failure.Message}")]
        );
    }
}
