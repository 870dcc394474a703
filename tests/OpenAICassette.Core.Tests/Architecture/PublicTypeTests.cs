using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

public partial class PublicTypeTests
{
    [Fact]
    public void The_table_of_public_types_has_every_one_once()
    {
        var table = File.ReadLines(Path.Join(Repository.Root, "docs", "api.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => row.Groups[1].Value);
        var types = new[]
        {
            typeof(Cassette).Assembly,
            typeof(YamlSupport).Assembly,
            typeof(DecoderSupport).Assembly,
            typeof(MarkdownSupport).Assembly,
        }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsNested)
            .Select(type => type.FullName!["OpenAICassette.".Length..]);
        Assert.Equal(types.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `([\w.]+)` \| .+ \|$")]
    private static partial Regex Row();
}
