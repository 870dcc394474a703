using System.IO.Compression;
using System.Text;

namespace OpenAICassette.Tests;

public sealed class PackedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.yaml.gz")]
    [InlineData("A [1].YAML.GZ")]
    public void A_packed_cassette_is_read_edited_and_packed_again(string name)
    {
        var key = PlantedKey.Of("anthropic-api-key");
        var text =
            $"requests:\n- uri: https://h/v1/models\n  method: GET\n  body: null\n  headers: {{x: {key}}}\n"
            + "responses:\n- status: {code: 200}\n  headers: {}\n  body: {string: ''}\n";
        var path = _folder.Add(name, Pack(text));
        var cassette = CassetteStore.Open(path);
        Assert.Equal(("vcrpy", text.Length), (cassette.Format, cassette.Length));

        var clean = new Redactor().Redact(cassette);
        Assert.NotEmpty(clean.Findings);
        CassetteStore.Replace(cassette, clean.Cassette);
        using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        var written = reader.ReadToEnd();
        Assert.DoesNotContain(key, written, StringComparison.Ordinal);
        Assert.Equal(
            text[..text.IndexOf(key, StringComparison.Ordinal)],
            written[..text.IndexOf(key, StringComparison.Ordinal)]
        );
    }

    [Fact]
    public void A_packed_recording_is_repaired_and_packed_again()
    {
        var path = _folder.Add("a.json.gz", Pack(File.ReadAllText(Repository.Capitals)));
        var cassette = CassetteStore.Open(path);
        var repair = CassetteRepair.Plan(cassette, HealthCheck.CheckAlone(cassette), [HealthId.NotCanonical]);
        repair.Apply();
        Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(path)[..2]);
    }

    [Fact]
    public void A_packed_file_that_is_cut_off_is_an_error_when_it_is_named()
    {
        var path = _folder.Add("a.yaml.gz", Pack("interactions: []\nversion: 1\n").AsSpan(0, 12));
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteUnreadable, error.Error);
        Assert.Contains("gzip", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_packed_files_in_a_folder_are_passed_over()
    {
        _folder.Add("a.tar.gz", Pack(new string('x', 100_000)));
        _folder.Add("b.gz", [0x1f, 0x8b, 8, 0, 1, 2, 3]);
        Assert.All(CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true), default), load =>
            Assert.NotNull(load.SkippedBecause)
        );
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
