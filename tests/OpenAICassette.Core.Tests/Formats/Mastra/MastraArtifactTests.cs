using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Bodies that Mastra's recorder keeps in files of their own.</summary>
public sealed class MastraArtifactTests : IDisposable
{
    private static readonly byte[] s_sound = [0xff, 0xfb, 0, 1, 2];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("suite.artifacts/1.bin", "a.json", "suite.artifacts/1.bin")]
    [InlineData("suite/1.bin", "suite/a.json", "suite/1.bin")]
    public void A_body_is_read_from_the_file_that_the_recording_names(string path, string recording, string file)
    {
        _folder.Add(file, s_sound);
        var interaction = Open(path, recording);
        Assert.Equal(s_sound, interaction.Response.Body.Bytes.ToArray());
        Assert.Equal("audio/mpeg", interaction.Response.Body.MediaType);
        Assert.Equal(s_sound, interaction.Request.Body.Bytes.ToArray());
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("x/../../secret.bin")]
    [InlineData("./secret.bin")]
    [InlineData("x//secret.bin")]
    [InlineData("x\\..\\secret.bin")]
    [InlineData("C:secret.bin")]
    [InlineData("missing.bin")]
    [InlineData("")]
    public void A_path_that_leads_elsewhere_is_not_followed(string path)
    {
        _folder.Add("secret.bin", s_sound);
        _folder.Add("in/x/y.bin", s_sound);
        Assert.Contains("__binary", Open(path, "in/a.json").Response.Body.Text!, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absolute_path_is_not_followed()
    {
        var secret = _folder.Add("in/secret.bin", s_sound).Replace('\\', '/');
        Assert.Contains("__binary", Open(secret, "in/a.json").Response.Body.Text!, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_link_is_not_followed()
    {
        var secret = _folder.Add("secret.bin", s_sound);
        _folder.Add("in/x.txt", [1]);
        File.CreateSymbolicLink(Path.Join(_folder.FullName, "in", "link.bin"), secret);
        Directory.CreateSymbolicLink(Path.Join(_folder.FullName, "in", "up"), _folder.FullName);
        Assert.Contains("__binary", Open("link.bin", "in/a.json").Response.Body.Text!, StringComparison.Ordinal);
        Assert.Contains("__binary", Open("up/secret.bin", "in/b.json").Response.Body.Text!, StringComparison.Ordinal);
    }

    private Interaction Open(string path, string recording)
    {
        var message = $$$"""
            "body":{"__binary":true,"contentType":"audio/mpeg","size":5},"binaryArtifact":{"path":"{{{path.Replace(
                "\\",
                "\\\\",
                StringComparison.Ordinal
            )}}}","contentType":"audio/mpeg","size":5}
            """;
        var text = $$$"""
            {"meta":{"name":"x"},"recordings":[{"hash":"1","request":{"url":"https://api.openai.com/v1/audio/speech","method":"POST",{{{message}}}},
            "response":{"status":200,"headers":{},"isStreaming":false,{{{message}}}}}]}
            """;
        return CassetteStore.Open(_folder.Add(recording, Encoding.UTF8.GetBytes(text))).Interactions[0];
    }
}
