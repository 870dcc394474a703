using System.Text;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats;
using OpenAICassette.Scrubbing;

namespace OpenAICassette.Tests;

/// <summary>The secrets in the files beside a recording are found and removed like those in it.</summary>
public sealed class SidecarScrubTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _secret = $"own-{Guid.NewGuid():N}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_secret_in_a_sidecar_is_found_and_named_with_its_file()
    {
        var sidecar = AddRecording();
        var result = Assert.Single(Run(new ScrubOptions { IsDryRun = true }));
        var finding = Assert.Single(result.Findings);
        Assert.Equal((_folder[sidecar.Name], 2), (finding.Path, finding.Line));
        Assert.Equal(2, _folder.Files.Count);
    }

    [Fact]
    public void In_place_the_sidecar_is_replaced_and_the_recording_names_the_new_one()
    {
        var old = AddRecording();
        var result = Assert.Single(Run(new ScrubOptions { InPlace = true }));
        Assert.Null(result.Error);
        Assert.Equal(2, _folder.Files.Count);
        Assert.False(File.Exists(_folder[old.Name]));
        Assert.Equal(Clean, BodyOf("a.json"));
        Assert.Empty(Assert.Single(Run(new ScrubOptions { IsDryRun = true })).Findings);
    }

    [Fact]
    public void A_destination_gets_the_clean_sidecar_and_those_without_secrets()
    {
        AddRecording();
        var whole = Add("b.json", "1,2\n"u8);
        var before = _folder.Files.ToList();
        Assert.All(Run(new ScrubOptions { Destination = CassetteDestination.OfFolder(_folder["out"]) }), result =>
            Assert.Null(result.Error)
        );
        Assert.Equal(Clean, BodyOf("out/a.json"));
        Assert.Equal("1,2\n", BodyOf("out/b.json"));
        Assert.True(File.Exists(_folder[$"out/{whole.Name}"]));
        Assert.Equal(before, _folder.Files.Where(file => !file.StartsWith("out", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_sidecar_that_another_recording_still_names_stays()
    {
        var old = AddRecording();
        Add("b.json", Dirty);
        Run(new ScrubOptions { InPlace = true }, "a.json");
        Assert.True(File.Exists(_folder[old.Name]));
        Assert.Equal(Encoding.UTF8.GetString(Dirty), BodyOf("b.json"));
    }

    [Fact]
    public void A_cassette_that_stays_in_memory_cannot_lose_a_secret_of_its_sidecar()
    {
        AddRecording();
        var result = Assert.Single(Run(new ScrubOptions()));
        Assert.Equal(CassetteError.CassetteNotWritten, result.Error!.Error);
        Assert.DoesNotContain(_secret, result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_sidecar_is_an_error_that_names_it()
    {
        var sidecar = AddRecording();
        File.Delete(_folder[sidecar.Name]);
        var load = Loads(new ScrubOptions { IsDryRun = true }, string.Empty).Single().Load;
        Assert.Equal(_folder[sidecar.Name], load.Error!.Path);
    }

    private byte[] Dirty => Encoding.UTF8.GetBytes($"name,key\na,{_secret}\n");

    private string Clean =>
        Encoding.UTF8.GetString(Dirty).Replace(_secret, "REDACTED_MINE_1", StringComparison.Ordinal);

    private Sidecar AddRecording() => Add("a.json", Dirty);

    private Sidecar Add(string name, ReadOnlySpan<byte> body)
    {
        var sidecar = Sidecar.Of(body);
        _folder.Add(sidecar.Name, body);
        var text = $$$"""
            {"request":{"method":"POST","url":"http://x/v1/files","body":{},"model":"m"},
             "response":{"status":200,"body":{"file":"{{{sidecar.Name}}}","bytes":{{{sidecar.Length}}}},"is_streaming":false},
             "openai_cassette":{"version":1,"body_encoding":"file"}}
            """;
        _folder.Add(name, Encoding.UTF8.GetBytes(text));
        return sidecar;
    }

    private string BodyOf(string name) => CassetteStore.Open(_folder[name]).Interactions[0].Response.Body.Text!;

    private List<ScrubResult> Run(ScrubOptions options, string name = "") =>
        [.. Loads(options, name).Select(run => run.Result!)];

    private IEnumerable<(CassetteLoad Load, ScrubResult? Result)> Loads(ScrubOptions options, string name)
    {
        var redactor = new Redactor(
            new RedactionOptions { Values = new Dictionary<string, string> { [_secret] = "mine" } }
        );
        var files = CassetteStore.FindText(_folder[name], recurse: false).ToList();
        return new CorpusScrub(redactor, options with { Corpus = files }).Run(files, CancellationToken.None);
    }
}
