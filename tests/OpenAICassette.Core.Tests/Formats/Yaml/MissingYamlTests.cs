using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Tests;

/// <summary>
/// Redaction where the reader of YAML is not there: Core used alone, or a module without one of its files.
/// </summary>
public sealed class MissingYamlTests
{
    private const string Cassette =
        "interactions:\n- request:\n    method: GET\n    uri: https://x/\n"
        + "  response:\n    status:\n      code: 200\nversion: 1\n";

    public static TheoryData<string, string> YamlFiles =>
        new()
        {
            { "a: 1\n", "folder/chat.yaml" },
            { "a: 1\n", "chat.YML" },
            { "a: 1\n", "chat.yaml.gz" },
            { Cassette, "chat.txt" },
        };

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void A_file_of_YAML_is_refused_with_what_is_missing(string text, string name)
    {
        var error = Assert.Throws<CassetteException>(() => YamlDocuments.ReadTree(null, text, name, default));
        Assert.Equal(CassetteError.YamlUnavailable, error.Error);
        Assert.Contains("add the package OpenAICassette.Yaml", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<CassetteException>(() => YamlDocuments.ReadTree(new NotFound(), text, name, default));
        Assert.Equal(CassetteError.YamlUnavailable, error.Error);
        Assert.Contains("install the module again", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("API_KEY=1\n", ".env")]
    [InlineData("2026-01-01 started: yes\n", "server.log")]
    [InlineData("{\"interactions\": [\n", "broken.json")]
    public void Other_text_is_scanned_as_it_is(string text, string name)
    {
        Assert.Null(YamlDocuments.ReadTree(null, text, name, default));
        Assert.Null(YamlDocuments.ReadTree(new NotFound(), text, name, default));
    }

    private sealed class NotFound : IYamlConverter
    {
        public YamlTree ReadTree(string yaml, CancellationToken cancellation) =>
            throw new FileNotFoundException("install the module again");

        public IReadOnlyList<ReadOnlyMemory<byte>> ToJson(YamlTree tree, CancellationToken cancellation) =>
            throw new FileNotFoundException("install the module again");

        public ScalarPlaces? Map(string yaml, YamlNode scalar) =>
            throw new FileNotFoundException("install the module again");

        public byte[] ToYaml(JsonValue json, bool isMarked) =>
            throw new FileNotFoundException("install the module again");
    }
}
