namespace OpenAICassette.Tests;

/// <summary>What the commands do after a scrub with text that is no cassette.</summary>
public sealed class CleanTextTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_written_as_it_is_when_no_format_is_named()
    {
        var clean = Clean();
        var written = CassetteStore.Save(CassetteStore.Convert(clean, null), _folder["out/a.yaml"]);
        Assert.Equal("api_key: REDACTED_OPENAI_API_KEY_1\n", File.ReadAllText(written.Path!));
    }

    [Fact]
    public void It_cannot_be_written_in_another_format()
    {
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Convert(Clean(), "LlamaStack"));
        Assert.Equal(CassetteError.CassetteFormatUnknown, error.Error);
        Assert.EndsWith(
            "a.yaml: this text is not a cassette: it cannot be written as LlamaStack. Omit the format to write it unchanged.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void It_has_nothing_to_check_and_nothing_to_mend()
    {
        var clean = Clean();
        var finding = Assert.Single(HealthCheck.CheckAlone(clean));
        Assert.Equal((HealthId.Unreadable, HealthSeverity.Error), (finding.Id, finding.Severity));
        Assert.Contains("not a cassette", finding.Message, StringComparison.Ordinal);
        var error = Assert.Throws<CassetteException>(() => CassetteRepair.Plan(clean, [finding]));
        Assert.Equal(CassetteError.CassetteFormatUnknown, error.Error);
    }

    private Cassette Clean()
    {
        var path = _folder.Add(
            "a.yaml",
            System.Text.Encoding.UTF8.GetBytes($"api_key: {PlantedKey.Of("openai-api-key")}\n")
        );
        var loaded = Assert.Single(CassetteStore.Load(CassetteStore.FindText(path, recurse: false))).Cassette!;
        return new Redactor().Redact(loaded).Cassette;
    }
}
