using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace OpenAICassette.Samples;

/// <summary>Each block of C# on a page is a piece of the samples, which compile and run.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string s_root = Path.GetFullPath(Path.Join(Here(), "..", ".."));

    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Path.Join(s_root, "docs"), "*.md")
                .Concat(Directory.EnumerateFiles(Path.Join(s_root, "src"), "README.md", SearchOption.AllDirectories))
                .Append(Path.Join(s_root, "README.md"))
                .Where(file => Fence().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetRelativePath(s_root, file)),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_a_page_is_compiled_or_says_why_not(string page)
    {
        var samples = Directory.EnumerateFiles(Here(), "*.cs").Select(file => Plain(File.ReadAllText(file))).ToList();
        foreach (Match block in Fence().Matches(File.ReadAllText(Path.Join(s_root, page)).ReplaceLineEndings("\n")))
        {
            if (block.Groups["reason"].Success)
            {
                Assert.NotEmpty(block.Groups["reason"].Value.Trim());
                continue;
            }

            var code = Plain(block.Groups["code"].Value);
            Assert.True(
                samples.Exists(sample => sample.Contains(code, StringComparison.Ordinal)),
                $"{page}: this block is in no sample of tests/OpenAICassette.Samples.Tests:\n{block.Groups["code"]}"
            );
        }
    }

    /// <summary>Returns the lines of a text without their indent and without empty ones.</summary>
    private static string Plain(string text) =>
        "\n" + string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)) + "\n";

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        var pages = Directory
            .EnumerateFiles(Path.Join(s_root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Join(s_root, "README.md"));
        var broken =
            from page in pages
            from Match link in Link().Matches(File.ReadAllText(page))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Join(Path.GetDirectoryName(page), target))
            select $"{Path.GetRelativePath(s_root, page)}: {target}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_package_has_a_page_of_its_own_and_the_notices()
    {
        var packed = Directory
            .EnumerateFiles(Path.Join(s_root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("<PackageId>", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(7, packed.Count);
        Assert.All(packed, project =>
        {
            var text = File.ReadAllText(project);
            Assert.Contains("<PackageReadmeFile>README.md</PackageReadmeFile>", text, StringComparison.Ordinal);
            Assert.Contains("<None Include=\"README.md\" Pack=\"true\"", text, StringComparison.Ordinal);
            Assert.Contains("THIRD-PARTY-NOTICES.txt\" Pack=\"true\"", text, StringComparison.Ordinal);
            var page = File.ReadAllText(Path.Join(Path.GetDirectoryName(project), "README.md"));
            Assert.StartsWith($"# {Path.GetFileNameWithoutExtension(project)}\n", page, StringComparison.Ordinal);
        });
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(
        "^```csharp\n(?<code>.*?)^```$(\n<!-- not run:(?<reason>[^>]*)-->)?",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
