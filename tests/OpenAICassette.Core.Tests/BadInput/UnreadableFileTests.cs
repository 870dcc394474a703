using System.Diagnostics;

namespace OpenAICassette.Tests;

public sealed class UnreadableFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_not_found() =>
        Assert.Equal(
            $"{_folder["missing.json"]}: no such file",
            Refused(CassetteError.CassetteNotFound, _folder["missing.json"]).Message
        );

    [Fact]
    public void A_file_below_a_missing_folder_is_not_found() =>
        Refused(CassetteError.CassetteNotFound, _folder["missing/a.json"]);

    [Fact]
    public void A_folder_named_as_a_file_is_unreadable() =>
        Assert.Equal(
            $"{_folder.FullName}: a folder, where a file was expected",
            Refused(CassetteError.CassetteUnreadable, _folder.FullName).Message
        );

    [UnixFact]
    public void A_link_to_nothing_is_not_found()
    {
        File.CreateSymbolicLink(_folder["link.json"], _folder["missing.json"]);
        Refused(CassetteError.CassetteNotFound, _folder["link.json"]);
    }

    [UnixFact]
    public void A_link_in_a_circle_is_unreadable()
    {
        File.CreateSymbolicLink(_folder["a.json"], _folder["b.json"]);
        File.CreateSymbolicLink(_folder["b.json"], _folder["a.json"]);
        Refused(CassetteError.CassetteUnreadable, _folder["a.json"]);
    }

    [PermissionFact]
    public void A_file_that_may_not_be_read_is_unreadable()
    {
        var path = _folder.AddCapitals("secret.json");
        File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Equal(
            $"{path}: no permission to read this file",
            Refused(CassetteError.CassetteUnreadable, path).Message
        );
    }

    [UnixFact]
    public async Task A_named_pipe_in_a_folder_does_not_make_the_walk_hang()
    {
        var pipe = _folder["pipe"];
        using (var mkfifo = Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync();
        }

        _folder.AddCapitals("after.json");
        var walk = Task.Run(() => CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true)).ToList());
        var ended = await Task.WhenAny(walk, Task.Delay(TimeSpan.FromSeconds(10)));
        if (ended != walk)
        {
            // Lets go of the thread that waits for someone to write.
            await using var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write);
        }

        Assert.Same(walk, ended);
        Assert.Equal("after.json", (await walk)[0].Cassette?.Name);
    }

    private static CassetteException Refused(CassetteError expected, string path)
    {
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal((expected, path), (error.Error, error.Path));
        Assert.Null(error.Offset);
        return error;
    }
}
