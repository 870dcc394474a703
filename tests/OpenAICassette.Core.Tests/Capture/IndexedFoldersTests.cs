using OpenAICassette.Capture;

namespace OpenAICassette.Tests;

public sealed class IndexedFoldersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_read_once()
    {
        _folder.AddCapitals("a.json");
        Assert.Same(IndexedFolders.Load(_folder.FullName).Single(), IndexedFolders.Load(_folder.FullName).Single());
    }

    [Fact]
    public void Only_what_has_changed_is_read_again()
    {
        _folder.AddCapitals("a.json");
        var edited = _folder.AddChat("b.json", "one");
        var before = IndexedFolders.Load(_folder.FullName);
        _folder.AddChat("b.json", "another");
        _folder.AddChat("c.json", "new");
        var after = IndexedFolders.Load(_folder.FullName);
        Assert.Equal(["a.json", "b.json", "c.json"], after.Select(cassette => cassette.RelativePath));
        Assert.Same(before[0], after[0]);
        Assert.NotSame(before[1], after[1]);
        File.Delete(edited);
        Assert.Equal(2, IndexedFolders.Load(_folder.FullName).Count);
    }

    [Fact]
    public void A_file_of_the_same_length_that_was_written_later_is_read_again()
    {
        var file = _folder.AddChat("b.json", "one");
        var before = IndexedFolders.Load(_folder.FullName).Single();
        _folder.AddChat("b.json", "two");
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
        Assert.NotSame(before, IndexedFolders.Load(_folder.FullName).Single());
    }

    [Fact]
    public void A_folder_that_is_gone_is_an_error() =>
        Assert.Equal(
            CassetteError.CassetteNotFound,
            Assert.Throws<CassetteException>(() => IndexedFolders.Load(_folder["gone"])).Error
        );
}
