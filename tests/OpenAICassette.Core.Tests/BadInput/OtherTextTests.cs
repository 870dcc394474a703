using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Files that are looked through for secrets and are no cassettes.</summary>
public sealed class OtherTextTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("app.log")]
    [InlineData("a.json")]
    [InlineData("b.yaml")]
    public void A_file_of_a_folder_that_cannot_be_looked_through_is_an_error(string name)
    {
        _folder.Add(name, Encoding.Unicode.GetBytes("\uFEFF{\"key\": \"value\"}"));
        _folder.Add("good.txt", "fine"u8);
        var loads = CassetteStore.Load(CassetteStore.FindText(_folder.FullName, recurse: true)).ToList();
        var error = Assert.Single(loads, load => load.Error is not null).Error!;
        Assert.Equal(CassetteError.CassetteFormatUnknown, error.Error);
        Assert.Contains(_folder[name], error.Message, StringComparison.Ordinal);
        Assert.Contains("not UTF-8 text", error.Message, StringComparison.Ordinal);
        Assert.Equal("good.txt", Assert.Single(loads, load => load.Cassette is not null).File.RelativePath);
    }

    [Fact]
    public void What_has_another_extension_is_passed_over()
    {
        _folder.Add("picture.png", [0x89, 0x50, 0xff, 0xfe]);
        Assert.NotNull(
            Assert.Single(CassetteStore.Load(CassetteStore.FindText(_folder.FullName, recurse: true))).SkippedBecause
        );
    }
}
