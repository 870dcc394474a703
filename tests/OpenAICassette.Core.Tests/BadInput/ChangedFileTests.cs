namespace OpenAICassette.Tests;

/// <summary>A file that is no longer the one that was listed.</summary>
public sealed class ChangedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100)]
    [InlineData(7000)]
    [InlineData(15366)]
    public void One_changed_byte_is_noticed_when_a_view_reads_the_file_again(int offset)
    {
        var path = _folder.AddCapitals("a.json");
        var written = File.GetLastWriteTimeUtc(path);
        var cassette = CassetteStore.Open(path);
        var bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, written);
        AssertFails(CassetteError.CassetteChanged, cassette);
    }

    [Fact]
    public void A_longer_or_shorter_file_is_noticed()
    {
        var path = _folder.AddCapitals("a.json");
        var cassette = CassetteStore.Open(path);
        File.AppendAllText(path, "\n");
        AssertFails(CassetteError.CassetteChanged, cassette);
        File.WriteAllText(path, string.Empty);
        AssertFails(CassetteError.CassetteChanged, cassette);
    }

    [Fact]
    public void A_deleted_file_is_not_found()
    {
        var path = _folder.AddCapitals("a.json");
        var cassette = CassetteStore.Open(path);
        File.Delete(path);
        AssertFails(CassetteError.CassetteNotFound, cassette);
    }

    [Fact]
    public void A_file_that_came_back_with_the_same_bytes_is_the_same_cassette()
    {
        var path = _folder.AddCapitals("a.json");
        var cassette = CassetteStore.Open(path);
        File.Delete(path);
        _folder.AddCapitals("a.json");
        Assert.Equal(28, cassette.Interactions[0].Chunks.Count);
    }

    [Fact]
    public void What_was_listed_stays_readable_after_the_file_is_gone()
    {
        var cassette = CassetteStore.Open(_folder.AddCapitals("a.json"));
        File.Delete(cassette.Path!);
        Assert.Equal(("gpt-4o", 28), (cassette.Model, cassette.Chunks));
    }

    private static void AssertFails(CassetteError expected, Cassette cassette)
    {
        Action[] views =
        [
            () => _ = cassette.Interactions[0].Request,
            () => _ = cassette.Interactions[0].Response,
            () => _ = cassette.Interactions[0].Chunks,
            () => cassette.Read(),
            () => cassette.Conversation(),
            () => new Redactor().Redact(cassette),
        ];
        Assert.All(views, view =>
        {
            var error = Assert.Throws<CassetteException>(view);
            Assert.Equal((expected, cassette.Path), (error.Error, error.Path));
        });
    }
}
