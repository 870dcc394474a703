using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class JsonTreeTests
{
    [Fact]
    public void Every_value_of_the_example_has_the_kind_the_bytes_and_the_place_that_another_parser_finds() =>
        AssertSame(Repository.Capitals);

    [Fact]
    public void Every_value_of_every_recording_has_the_kind_the_bytes_and_the_place_that_another_parser_finds() =>
        Assert.All(SharedData.Files, AssertSame);

    [Fact]
    public void A_tree_of_a_part_of_a_document_keeps_the_places_of_the_whole()
    {
        var document = Encoding.UTF8.GetBytes("""xx {"a": [1, "é"]} xx""");
        var root = JsonTree.Parse(document, 3, document.Length - 6).Root;
        Assert.Equal(3, root.Start);
        Assert.Equal("\"é\"", Encoding.UTF8.GetString(document.AsSpan(root["a"][1].Start, root["a"][1].Length)));
    }

    [Fact]
    public void A_document_with_more_values_than_its_size_suggests_is_read_whole()
    {
        var document = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat('1', 5000)) + "]");
        Assert.Equal(5000, JsonTree.Parse(document, 0, document.Length).Root.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1")]
    [InlineData("'a'")]
    [InlineData("01")]
    [InlineData("NaN")]
    [InlineData("// comment\n1")]
    public void What_is_not_exactly_one_JSON_value_is_refused(string text)
    {
        var document = Encoding.UTF8.GetBytes(text);
        Assert.Throws<JsonTextException>(() => JsonTree.Parse(document, 0, document.Length));
        Assert.False(JsonValue.ParseOrUndefined(document).Exists);
    }

    [Fact]
    public void Nesting_is_read_to_the_limit_and_refused_beyond_it()
    {
        static JsonValue Nested(int depth) =>
            JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)));
        Assert.True(Nested(OpenContainers.MaxDepth).Exists);
        Assert.False(Nested(OpenContainers.MaxDepth + 1).Exists);
        Assert.False(Nested(100_000).Exists);
    }

    private static void AssertSame(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var expected = JsonDocument.Parse(bytes);
        JsonComparison.AssertSame(expected.RootElement, JsonTree.Parse(bytes, 0, bytes.Length).Root, bytes);
    }
}
