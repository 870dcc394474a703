using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class CompactJsonTests
{
    [Fact]
    public void The_compact_example_equals_that_of_a_reference_minifier() => AssertCompact(Repository.Capitals);

    [Fact]
    public void Every_compact_recording_equals_that_of_a_reference_minifier() =>
        Assert.All(SharedData.Files, AssertCompact);

    [Theory]
    [InlineData("\" a  b \"")]
    [InlineData("{ \"a \\\" b\" :\t[ 1 ,\r\n 2 ] , \"\\\\\" : \" \\\\\" }")]
    [InlineData("[ ]")]
    public void White_space_goes_between_tokens_and_stays_in_strings(string json) =>
        Assert.Equal(
            JsonComparison.Minified(Encoding.UTF8.GetBytes(json)),
            JsonText.Minify(Encoding.UTF8.GetBytes(json))
        );

    private static void AssertCompact(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(JsonComparison.Minified(bytes), JsonTree.Parse(bytes, 0, bytes.Length).Root.ToCompactJson());
    }
}
