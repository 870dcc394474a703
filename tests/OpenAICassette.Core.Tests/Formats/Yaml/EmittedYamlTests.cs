using System.Text;
using OpenAICassette.Emitted;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Tests;

/// <summary>The fast reader of YAML: what it reads it reads as the parser does, and it reads nearly everything.</summary>
public class EmittedYamlTests
{
    [Theory]
    [InlineData("a: 1\n", """{"a":1}""")]
    [InlineData("- a: -1\n  b: [x, -2, 'y', \"z\"]\n- {}\n", """[{"a":-1,"b":["x",-2,"y","z"]},{}]""")]
    [InlineData("a:\n- b\n-\n  c: d\n- - 1\n  - 2\ne:\nf: 1\n", """{"a":["b",{"c":"d"},[1,2]],"e":null,"f":1}""")]
    [InlineData("a: |\n  x\n\n   y\nb: |-\n  z\n\nc: |+\n  z\n\n", """{"a":"x\n\n y\n","b":"z","c":"z\n\n"}""")]
    [InlineData(
        "a: 'it''s\n\n  two\n  lines'\nb: \"c\\\n  \\ d\\t\\x41\"\n",
        """{"a":"it's\ntwo lines","b":"c d\tA"}"""
    )]
    [InlineData("a: one\n  two\n\n  three\n# end\n", """{"a":"one two\nthree"}""")]
    [InlineData("a: !!binary |\n  aGVs\n  bG8=\n", """{"a":{"!!binary":"aGVsbG8="}}""")]
    [InlineData("a: |2-\n   x\n  y\n", """{"a":" x\ny"}""")]
    [InlineData("a: >-\n  x\n  y\n\n  z\n   u\n  v\n", """{"a":"x y\nz\n u\nv"}""")]
    [InlineData("a: |\n     \n  x\n", """{"a":"\nx\n"}""")]
    [InlineData("a: {b: c,\n  'd': [1, 2]}\n", """{"a":{"b":"c","d":[1,2]}}""")]
    public void A_document_becomes_JSON(string yaml, string json)
    {
        Assert.Equal(json, Encoding.UTF8.GetString(Assert.Single(Quick(yaml)!).Span));
        AssertSame("text", Encoding.UTF8.GetBytes(yaml));
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n")]
    [InlineData("a: !!python/object:x {}\n")]
    [InlineData("? a\n: b\n")]
    [InlineData("a: |\n\n")]
    [InlineData("a: 1 # one\n")]
    [InlineData("a:\n    b: 'one\n  two'\n")]
    [InlineData("a: 1\r\n")]
    [InlineData("a: \"\\ud83d\"\n")]
    [InlineData("a: 1")]
    [InlineData("a: [1, 2\n")]
    [InlineData("a: b: c\n")]
    public void What_is_not_certain_is_left_to_the_parser(string yaml) => Assert.Null(Quick(yaml));

    [Theory]
    [MemberData(nameof(YamlFormatTests.Variants), MemberType = typeof(YamlFormatTests))]
    public void Broken_copies_are_read_as_the_parser_reads_them(string format, string variant, string text)
    {
        var file = Encoding.UTF8.GetBytes(text);
        AssertSame($"{format}, {variant}", file);
        foreach (var (name, bytes) in Mutations.Of(file, seed: text.Length, rounds: 20))
        {
            AssertSame(name, bytes);
        }
    }

    [SharedDataFact]
    public void Nearly_every_public_file_is_read_and_as_the_parser_reads_it()
    {
        var (all, read) = (0, 0);
        foreach (var path in YamlFiles())
        {
            all++;
            read += AssertSame(path, File.ReadAllBytes(path)) ? 1 : 0;
        }

        Assert.True(read > all * 9 / 10, $"{read} of {all}");
    }

    private static IEnumerable<string> YamlFiles() =>
        Directory
            .EnumerateFiles(SharedData.Foreign, "*.y*ml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    /// <summary>Fails if the reader gives another result than the parser.</summary>
    /// <returns>Whether the reader gave one.</returns>
    private static bool AssertSame(string name, byte[] yaml)
    {
        if (!System.Text.Unicode.Utf8.IsValid(yaml) || EmittedYaml.ToJson(yaml, default) is not { } documents)
        {
            return false;
        }

        List<ReadOnlyMemory<byte>>? expected = null;
        try
        {
            expected = YamlConverter.Parse(Encoding.UTF8.GetString(yaml), default);
        }
        catch (YamlTextException e)
        {
            Assert.Fail($"{name}: the parser refuses it: {e.Message}");
        }

        Assert.True(
            expected.Select(Text).SequenceEqual(documents.Select(Text)),
            $"{name}: {Difference(string.Concat(expected.Select(Text)), string.Concat(documents.Select(Text)))}"
        );
        return true;
    }

    private static string Difference(string expected, string actual)
    {
        const int around = 60;
        var same = expected.AsSpan().CommonPrefixLength(actual);
        var start = Math.Max(0, same - around);
        return $"expected …{expected.AsSpan(start, Math.Min(expected.Length - start, 2 * around))}…, "
            + $"found …{actual.AsSpan(start, Math.Min(actual.Length - start, 2 * around))}…";
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static List<ReadOnlyMemory<byte>>? Quick(string yaml) =>
        EmittedYaml.ToJson(Encoding.UTF8.GetBytes(yaml), default);
}
