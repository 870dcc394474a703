using System.Text;

namespace OpenAICassette.Tests;

public sealed class SaveTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Cassette _cassette = BuiltCassette.Open(File.ReadAllBytes(Repository.Capitals));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_cassette_is_written_beside_other_files()
    {
        _folder.Add("b.json", "before"u8);
        CassetteStore.Save(_cassette, _folder["a.json"]);
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), File.ReadAllBytes(_folder["a.json"]));
        Assert.Equal(["a.json", "b.json"], _folder.Files);
    }

    [Fact]
    public void A_cassette_is_written_byte_for_byte_below_folders_that_are_made()
    {
        var saved = CassetteStore.Save(_cassette, _folder["a/b/c.json"]);
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), File.ReadAllBytes(_folder["a/b/c.json"]));
        Assert.Equal((_folder["a/b/c.json"], "c.json", true), (saved.Path, saved.Name, saved.Saved));
        Assert.Equal(28, saved.Interactions[0].Chunks.Count);
        Assert.Equal(["a/b/c.json"], _folder.Files);
    }

    [Fact]
    public void A_file_that_has_changed_since_it_was_read_is_not_replaced_though_its_old_bytes_are_still_at_hand()
    {
        var path = _folder.Add("a.json", """{"request":{"url":"x"},"response":{"body":"old"}}"""u8);
        var cassette = CassetteStore.Open(path);
        var bytes = cassette.Read();
        File.WriteAllText(path, """{"request":{"url":"x"},"response":{"body":"new"}}""");
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Replace(cassette, _cassette));
        Assert.Equal((CassetteError.CassetteChanged, path), (error.Error, error.Path));
        Assert.Contains("new", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(49, bytes.Length);
    }

    [Fact]
    public void A_clean_cassette_that_is_saved_replaces_its_file_and_is_that_file()
    {
        var key = PlantedKey.Of("openai-api-key");
        var path = _folder.Add(
            "a.json",
            Encoding.UTF8.GetBytes($$$"""{"request":{"url":"x"},"response":{"body":"{{{key}}}"}}""")
        );
        var saved = CassetteStore.Save(new Redactor().Redact(CassetteStore.Open(path)).Cassette, path);
        Assert.Equal(
            """{"request":{"url":"x"},"response":{"body":"REDACTED_OPENAI_API_KEY_1"}}""",
            File.ReadAllText(path)
        );
        Assert.True(saved.Saved);
        Assert.Equal("REDACTED_OPENAI_API_KEY_1", saved.Interactions[0].Response.Body.Json.Text);
        Assert.Equal(["a.json"], _folder.Files);
    }

    [Fact]
    public void What_was_there_stays_when_writing_is_cancelled()
    {
        var path = _folder.Add("a.json", "before"u8);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            CassetteStore.Save(_cassette, path, new CancellationToken(canceled: true))
        );
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal(["a.json"], _folder.Files);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_stays_and_no_temporary_file_is_left()
    {
        _folder.Add("a.json/inside.txt", "before"u8);
        NotWritten(_folder["a.json"]);
        Assert.Equal(["a.json/inside.txt"], _folder.Files);
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_stays()
    {
        _folder.Add("a", "before"u8);
        NotWritten(_folder["a/b.json"]);
        Assert.Equal("before", File.ReadAllText(_folder["a"]));
        Assert.Equal(["a"], _folder.Files);
    }

    [UnixFact]
    public void The_root_of_the_file_system_is_no_file() => NotWritten("/");

    [UnixFact]
    public void A_link_in_a_circle_is_not_written()
    {
        File.CreateSymbolicLink(_folder["a.json"], _folder["b.json"]);
        File.CreateSymbolicLink(_folder["b.json"], _folder["a.json"]);
        NotWritten(_folder["a.json"]);
    }

    [PermissionFact]
    public void What_was_there_stays_when_its_folder_may_not_be_written()
    {
        var path = _folder.Add("a/b.json", "before"u8);
        File.SetUnixFileMode(_folder["a"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            NotWritten(path);
            Assert.Equal("before", File.ReadAllText(path));
        }
        finally
        {
            File.SetUnixFileMode(
                _folder["a"],
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    [UnixFact]
    public void The_mode_of_the_file_that_was_there_is_kept()
    {
        var path = _folder.Add("a.json", "before"u8);
        const UnixFileMode mode =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, mode);
        CassetteStore.Save(_cassette, path);
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [UnixFact]
    public void The_file_behind_a_link_is_replaced_and_the_link_stays()
    {
        var target = _folder.Add("real/a.json", "before"u8);
        File.CreateSymbolicLink(_folder["link.json"], target);
        CassetteStore.Save(_cassette, _folder["link.json"]);
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), File.ReadAllBytes(target));
        Assert.Equal(target, new FileInfo(_folder["link.json"]).LinkTarget);
        Assert.Equal(["link.json", "real/a.json"], _folder.Files);
    }

    private void NotWritten(string path)
    {
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Save(_cassette, path));
        Assert.Equal((CassetteError.CassetteNotWritten, path), (error.Error, error.Path));
        Assert.StartsWith($"{path}: not written: ", error.Message, StringComparison.Ordinal);
    }
}
