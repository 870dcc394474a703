using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Tests;

/// <summary>A scalar in each style: its value, and where the word in it stands in the text.</summary>
public sealed class ScalarMapTests
{
    private const string Word = "SECRET";

    [Theory]
    [InlineData("a: one SECRET two", "one SECRET two")]
    [InlineData("a: one  SECRET\t # comment", "one  SECRET")]
    [InlineData("a: one\n  SECRET \t\n\n\n  two", "one SECRET\n\ntwo")]
    [InlineData("a: one\r\n  SECRET\r\n\r\n  two\r\n", "one SECRET\ntwo")]
    [InlineData("a: https://x/#SECRET:1", "https://x/#SECRET:1")]
    [InlineData("a: é😀 SECRET 😀", "é😀 SECRET 😀")]
    [InlineData("a: one\u0085  SECRET\u2028  two", "one SECRET\u2028two")]
    public void Plain(string yaml, string value) => AssertMapped(YamlKind.Plain, yaml, value);

    [Theory]
    [InlineData("a: 'SECRET'", "SECRET")]
    [InlineData("a: 'it''s ''SECRET''' # 'x'", "it's 'SECRET'")]
    [InlineData("a: ' \tone \n\n  \t SECRET\n  two '", " \tone\nSECRET two ")]
    [InlineData("a: 'one\r\n\r\n\r\n  SECRET\r\n'\r\n", "one\n\nSECRET ")]
    [InlineData("a: '\\n \"SECRET\" 😀'", "\\n \"SECRET\" 😀")]
    public void Single_quoted(string yaml, string value) => AssertMapped(YamlKind.SingleQuoted, yaml, value);

    [Theory]
    [InlineData("a: \"SECRET\"", "SECRET")]
    [InlineData(
        @"a: ""\0\a\b\t\n\v\f\r\e\ \""\/\\\N\_\L\PSECRET""",
        "\0\a\b\t\n\v\f\r\e \"/\\\u0085\u00a0\u2028\u2029SECRET"
    )]
    [InlineData("a: \"\\\tSECRET\t\"", "\tSECRET\t")]
    [InlineData(@"a: ""\x41\u00e9\U0001F600\ud83d\ude00SECRET\x2E""", "Aé😀😀SECRET.")]
    [InlineData("a: \"one \\\n    SECRET\\\n  two\"", "one SECRETtwo")]
    [InlineData("a: \"one \\\n\n    SECRET\\\n  \\  two\"", "one \nSECRET  two")]
    [InlineData("a: \"one\t \n  SECRET\n\n\n  two \"", "one SECRET\n\ntwo ")]
    [InlineData("a: \"one\\\r\n  SECRET\r\n  two\"\r\n", "oneSECRET two")]
    [InlineData("a: \"😀\\\"SECRET\\\"😀\"", "😀\"SECRET\"😀")]
    [InlineData("a: \"one\u2029 \n SECRET\"", "one\u2029\nSECRET")]
    public void Double_quoted(string yaml, string value) => AssertMapped(YamlKind.DoubleQuoted, yaml, value);

    [Theory]
    [InlineData("a: |\n  one\n  SECRET\n", "one\nSECRET\n")]
    [InlineData("a: |\n  one\n  SECRET", "one\nSECRET")]
    [InlineData("a: |-\n  one\n\n  SECRET\n\n\nb: 1", "one\n\nSECRET")]
    [InlineData("a: |+\n  one\n  SECRET\n\n\nb: 1", "one\nSECRET\n\n\n")]
    [InlineData("a: |2\n    one\n   SECRET\n", "  one\n SECRET\n")]
    [InlineData("- a:\n    b: |2-\n        one\n      SECRET\n", "  one\nSECRET")]
    [InlineData("a: |+1 # comment\n  one\n SECRET\n \n", " one\nSECRET\n\n")]
    [InlineData("a: |\n\n\n  one \t\n   SECRET  \n", "\n\none \t\n SECRET  \n")]
    [InlineData("a: |\n  \t one\n  \tSECRET\n", "\t one\n\tSECRET\n")]
    [InlineData("a: |\r\n  one\r\n\r\n  SECRET\r\nb: 1", "one\n\nSECRET\n")]
    [InlineData("a: |\n  😀 # 'one'\n  SECRET: \"\n", "😀 # 'one'\nSECRET: \"\n")]
    [InlineData("--- |\n  one\n  SECRET\n...\n", "one\nSECRET\n")]
    public void Literal(string yaml, string value) => AssertMapped(YamlKind.Literal, yaml, value);

    [Theory]
    [InlineData("a: >\n  one\n  SECRET\n\n  two\n", "one SECRET\ntwo\n")]
    [InlineData("a: >-\n  one\n    SECRET\n    two\n  three\n", "one\n  SECRET\n  two\nthree")]
    [InlineData("a: >+\n  one\n\n\n  SECRET\n\n", "one\n\nSECRET\n\n")]
    [InlineData("a: >1\n  one\n SECRET\n two\n", " one\nSECRET two\n")]
    [InlineData("a: >\n\n  one\n\n    SECRET\n\n  two\n", "\none\n\n  SECRET\n\ntwo\n")]
    [InlineData("a: >\r\n  one\r\n  SECRET\r\n\r\n  two\r\n", "one SECRET\ntwo\n")]
    [InlineData("a: >\n  one\n  \tSECRET\n  two", "one\n\tSECRET\ntwo")]
    public void Folded(string yaml, string value) => AssertMapped(YamlKind.Folded, yaml, value);

    [Theory]
    [InlineData("a: !!binary |\n  U0VD\n  SECRET\n", nameof(YamlKind.Literal), "U0VD\nSECRET\n")]
    [InlineData("a: !binary |-\n  U0VD\n  SECRET\n", nameof(YamlKind.Literal), "U0VD\nSECRET")]
    [InlineData("a: !!binary \"U0VD\\\n  SECRET\"", nameof(YamlKind.DoubleQuoted), "U0VDSECRET")]
    public void Tagged_as_base64(string yaml, string style, string value) =>
        Assert.True(AssertMapped(Enum.Parse<YamlKind>(style), yaml, value).IsBinary);

    [Theory]
    [InlineData("a: &x SECRET", nameof(YamlKind.Plain))]
    [InlineData("a: !!str 'SECRET'", nameof(YamlKind.SingleQuoted))]
    [InlineData("a: !<tag:x,2000:y> &x \"SECRET\"\nb: *x", nameof(YamlKind.DoubleQuoted))]
    [InlineData("a: &x !y\n  SECRET", nameof(YamlKind.Plain))]
    [InlineData("[b, {a: SECRET}, 'c']", nameof(YamlKind.Plain))]
    [InlineData("[&x 'SECRET', [*x]]", nameof(YamlKind.SingleQuoted))]
    [InlineData("? - SECRET\n: 1", nameof(YamlKind.Plain))]
    [InlineData("SECRET: 1", nameof(YamlKind.Plain))]
    [InlineData("--- 1\n---\na: \"SECRET\"\n--- 2\n", nameof(YamlKind.DoubleQuoted))]
    [InlineData("# comment\n- - - SECRET\n", nameof(YamlKind.Plain))]
    public void In_any_place(string yaml, string style)
    {
        var scalar = AssertMapped(Enum.Parse<YamlKind>(style), yaml, Word);
        Assert.False(scalar.IsBinary);
    }

    [Theory]
    [InlineData(
        "a:\n    b: \"one\n  two\nSECRET\\\n three\"\nc: 1",
        nameof(YamlKind.DoubleQuoted),
        "one two SECRETthree"
    )]
    [InlineData("a:\n    b: \"one\n  \\\"two\"\nc: \"d\ne\"\nf: SECRET", nameof(YamlKind.Plain), "SECRET")]
    [InlineData("a: |-\n    \n    SECRET\nb: x\n", nameof(YamlKind.Literal), "\nSECRET")]
    [InlineData("a: |\n  \n  \n  x\n   SECRET\n", nameof(YamlKind.Literal), "\n\nx\n SECRET\n")]
    [InlineData("a: |-\n    \n    x\nb: |\n    \n    y\nc: 'SECRET'\n", nameof(YamlKind.SingleQuoted), "SECRET")]
    public void In_a_text_that_is_corrected_for_the_parser(string yaml, string style, string value) =>
        AssertMapped(Enum.Parse<YamlKind>(style), yaml, value);

    [Theory]
    [InlineData("a: 'one'", "two")]
    [InlineData("a: 'one'", "one more")]
    [InlineData("a: 'one'", "on")]
    [InlineData("a: |\n  one\n", "one\n\n")]
    [InlineData("a: \"\\u00e9\"", "e")]
    public void A_value_that_the_text_does_not_decode_to_is_not_mapped(string yaml, string value)
    {
        var converter = new YamlConverter();
        var scalar = converter.ReadTree(yaml, default).Nodes[^1] with { Value = value };
        Assert.Null(converter.Map(yaml, scalar));
    }

    private static YamlNode AssertMapped(YamlKind style, string yaml, string value)
    {
        var converter = new YamlConverter();
        var tree = converter.ReadTree(yaml, default);
        Assert.Null(tree.Problem);
        var scalar = Assert.Single(tree.Nodes, node =>
            node.IsScalar && node.Value.Contains(Word, StringComparison.Ordinal)
        );
        Assert.Equal(style, scalar.Kind);
        Assert.Equal(value, scalar.Value);

        var places = converter.Map(yaml, scalar);
        Assert.NotNull(places);
        var at = value.IndexOf(Word, StringComparison.Ordinal);
        Assert.Equal(Word, yaml[places.Starts[at]..places.EndBefore(at + Word.Length)]);
        Assert.All(places.Starts.Zip(places.Starts.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        return scalar;
    }
}
