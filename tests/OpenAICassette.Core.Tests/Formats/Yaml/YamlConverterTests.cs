using System.Text;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Tests;

public sealed class YamlConverterTests
{
    [Theory]
    [InlineData("a: n", """{"a":"n"}""")]
    [InlineData("n: y", """{"n":"y"}""")]
    [InlineData("a: .", """{"a":"."}""")]
    [InlineData("a: 2023-06-01", """{"a":"2023-06-01"}""")]
    [InlineData("a: 2026-08-02 22:26:36", """{"a":"2026-08-02 22:26:36"}""")]
    [InlineData("a: -0.0", """{"a":-0.0}""")]
    [InlineData("a: 1.0e-05", """{"a":1.0e-05}""")]
    [InlineData("a: [007, +1, 0x1F, 1_000, .inf, 1., .5]", """{"a":["007","+1","0x1F","1_000",".inf","1.",".5"]}""")]
    [InlineData("a: [~, null, '', '~', true, False, 'true']", """{"a":[null,null,"","~",true,false,"true"]}""")]
    [InlineData("a:\nb: !!str 1", """{"a":null,"b":"1"}""")]
    [InlineData("a: !!binary |\n  aGVs\n  bG8=\n", """{"a":{"!!binary":"aGVsbG8="}}""")]
    [InlineData("a: !binary |-\n  aGVs\n  bG8=\n", """{"a":{"!!binary":"aGVsbG8="}}""")]
    [InlineData("a: !ruby/object:X\n  b: 1", """{"a":{"b":1}}""")]
    [InlineData("a: !!python/object/apply:os.system ['x']", """{"a":["x"]}""")]
    [InlineData("? !!python/object/apply:multidict._multidict.istr\n- Accept\n: - x", """{"Accept":["x"]}""")]
    [InlineData("\"a\\u00e9\\U0001F600\\ud83d\\ude00\\_\\0\": 1", "{\"aé😀😀\u00a0\\u0000\":1}")]
    [InlineData("a: &x [1, {b: 2}]\nc: *x\nd: &y z\ne: *y", """{"a":[1,{"b":2}],"c":[1,{"b":2}],"d":"z","e":"z"}""")]
    [InlineData("a: &x {b: &y 1}\nc: [*x, *y]", """{"a":{"b":1},"c":[{"b":1},1]}""")]
    [InlineData("<<: {a: 1}\nb: 2", """{"<<":{"a":1},"b":2}""")]
    [InlineData("a: 1\na: 2", """{"a":1,"a":2}""")]
    [InlineData("a: 'one\n\n  two'\r\nb: \"\tx\"", """{"a":"one\ntwo","b":"\tx"}""")]
    [InlineData("\uFEFFa: 1 # comment", """{"a":1}""")]
    public void A_document_becomes_JSON(string yaml, string json) => Assert.Equal([json], ToJson(yaml));

    [Theory]
    [InlineData("a:\n    b: 'one\n  two\nthree'\nc: 1", """{"a":{"b":"one two three"},"c":1}""")]
    [InlineData("a:\n    b: \"one\n  two\\\n three\"\nc: 1", """{"a":{"b":"one twothree"},"c":1}""")]
    public void Quoted_text_may_go_on_left_of_its_parent(string yaml, string json) =>
        Assert.Equal([json], ToJson(yaml));

    [Theory]
    [InlineData("a: |-\n    \n    x\n", """{"a":"\nx"}""")]
    [InlineData("a: |\n  \n  \n  x\n   y\nb: |-\n    \n    z\n", """{"a":"\n\nx\n y\n","b":"\nz"}""")]
    [InlineData("a: |-\n    \n  x |\n      \n  y\nb: >-\n    \n    z\n", """{"a":"\nx |\n    \ny","b":"\nz"}""")]
    [InlineData("a: |-\n    \n  x\nb: \"y |\n      \n  z\"\nc: y >\n     \n z\n", """{"a":"\nx","b":"y |\nz","c":"y >\nz"}""")]
    public void A_block_may_begin_with_lines_of_blanks(string yaml, string json) => Assert.Equal([json], ToJson(yaml));

    [Fact]
    public void Several_documents_are_read() => Assert.Equal(["""{"a":1}""", "2"], ToJson("---\na: 1\n---\n2\n...\n"));

    [Fact]
    public void Nothing_is_no_document() => Assert.Empty(ToJson("# only a comment\n"));

    [Theory]
    [InlineData("a: 'x", 1)]
    [InlineData("a: 1\n b: 2", 2)]
    [InlineData("a: *x", 1)]
    [InlineData("a: 1\nb: &x [*x]", 2)]
    [InlineData("? {a: 1, b: 2}\n: 3", 1)]
    [InlineData("? []\n: 3", 1)]
    [InlineData("a: [1, 2", 2)]
    [InlineData("a:\n  b: [x\ny]", 3)]
    [InlineData("a: \"\\ud800\\u0041\"", 1)]
    public void Text_that_is_not_YAML_is_refused_with_the_line(string yaml, long line) =>
        Assert.InRange(Assert.Throws<YamlTextException>(() => ToJson(yaml)).Line, line - 1, line);

    [Fact]
    public void Aliases_that_expand_to_too_much_are_refused()
    {
        var bomb = new StringBuilder("a: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"b{i}: &a{i} [")
                .AppendJoin(',', Enumerable.Repeat($"*a{i - 1}", 9))
                .Append("]\n");
        }

        var error = Assert.Throws<YamlTextException>(() => ToJson(bomb.ToString()));
        Assert.Contains("expand to too much", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var error = Assert.Throws<YamlTextException>(() => ToJson(new string('[', 100_000)));
        Assert.Contains("deeper", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_read_in_one_go()
    {
        var text = string.Concat(Enumerable.Repeat("abcdefgh \\\"ij\\n", 200_000));
        Assert.Equal([$"{{\"a\":\"{text}\"}}"], ToJson($"a: \"{text}\""));
    }

    [Fact]
    public void Reading_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var converter = new YamlConverter();
        var yaml = string.Concat(Enumerable.Repeat("- a\n", 10_000));
        Assert.Throws<OperationCanceledException>(() => converter.ReadTree(yaml, stop.Token));
        Assert.Throws<OperationCanceledException>(() =>
            converter.ToJson(converter.ReadTree(yaml, default), stop.Token)
        );
    }

    private static string[] ToJson(string yaml)
    {
        var converter = new YamlConverter();
        var documents = converter.ToJson(converter.ReadTree(yaml.TrimStart('\uFEFF'), default), default);
        return [.. documents.Select(json => Encoding.UTF8.GetString(json.Span))];
    }
}
