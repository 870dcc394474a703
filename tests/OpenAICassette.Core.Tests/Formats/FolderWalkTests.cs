namespace OpenAICassette.Tests;

public sealed class FolderWalkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_come_in_order_of_their_names_segment_by_segment()
    {
        foreach (var name in new[] { "b.json", "a/z.json", "a.json", "a/b/c.json", "B.json", "a-b/x.json", "é.json" })
        {
            _folder.AddCapitals(name);
        }

        string[] expected = ["B.json", "a/b/c.json", "a/z.json", "a-b/x.json", "a.json", "b.json", "é.json"];
        var found = CassetteStore.Find(_folder.FullName, recurse: true).ToList();
        Assert.Equal(expected, found.Select(file => file.RelativePath));
        Assert.All(found, file => Assert.Equal(_folder[file.RelativePath], file.Path));
        Assert.All(found, file => Assert.False(file.Named));
        Assert.Equal(expected, CassetteStore.Load(found).Select(load => load.Cassette?.RelativePath));
    }

    [Fact]
    public void Subfolders_are_left_out_unless_asked_for()
    {
        _folder.AddCapitals("a.json");
        _folder.AddCapitals("below/b.json");
        Assert.Equal(["a.json"], Found(recurse: false));
        Assert.Equal(["a.json", "below/b.json"], Found(recurse: true));
    }

    [UnixFact]
    public void The_hidden_folder_of_inline_snapshot_is_searched()
    {
        _folder.AddCapitals("tests/.inline-snapshot/external/a.bin");
        _folder.AddCapitals("tests/.other/a.json");
        var file = Assert.Single(CassetteStore.Find(_folder.FullName, recurse: true));
        Assert.Equal("tests/.inline-snapshot/external/a.bin", file.RelativePath);
    }

    [UnixFact]
    public void Hidden_files_and_folders_are_left_out()
    {
        _folder.AddCapitals(".hidden.json");
        _folder.AddCapitals(".git/a.json");
        _folder.AddCapitals("seen.json");
        Assert.Equal(["seen.json"], Found(recurse: true));
    }

    [UnixFact]
    public void Links_to_folders_are_not_followed_and_links_to_files_are()
    {
        var target = _folder.AddCapitals("real/a.json");
        Directory.CreateSymbolicLink(_folder["real/circle"], _folder.FullName);
        Directory.CreateSymbolicLink(_folder["twin"], _folder["real"]);
        File.CreateSymbolicLink(_folder["link.json"], target);
        Assert.Equal(["link.json", "real/a.json"], Found(recurse: true));
        Assert.All(Load(), load => Assert.NotNull(load.Cassette));
    }

    [Fact]
    public void A_file_that_is_no_cassette_is_passed_over_with_its_reason()
    {
        _folder.Add("empty.txt", []);
        _folder.Add("list.json", "[]"u8);
        _folder.Add("notes.md", "# request"u8);
        _folder.Add("package.json", """{"name": "x", "version": "1"}"""u8);
        _folder.Add("picture.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0xFF]);
        Assert.All(Load(), load =>
        {
            Assert.Null(load.Cassette);
            Assert.Null(load.Error);
            Assert.Equal($"{load.File.Path}: skipped, not a cassette", load.SkippedBecause);
        });
        Assert.Equal(5, Load().Count);
    }

    [Fact]
    public void A_broken_cassette_is_an_error_and_the_others_go_on()
    {
        _folder.AddCapitals("a.json");
        var broken = _folder.Add("b.json", File.ReadAllBytes(Repository.Capitals).AsSpan(0, 5000));
        _folder.AddCapitals("c.json");
        Assert.Collection(
            Load(),
            load => Assert.Equal("a.json", load.Cassette?.Name),
            load => Assert.Equal((CassetteError.CassetteInvalidJson, broken), (load.Error!.Error, load.Error.Path)),
            load => Assert.Equal("c.json", load.Cassette?.Name)
        );
    }

    [Fact]
    public void A_path_that_does_not_exist_is_one_named_file_whose_loading_tells()
    {
        var missing = _folder["missing"];
        var file = Assert.Single(CassetteStore.Find(missing, recurse: true));
        Assert.True(file.Named);
        var error = Assert.Single(CassetteStore.Load([file])).Error!;
        Assert.Equal((CassetteError.CassetteNotFound, missing), (error.Error, error.Path));
    }

    [Fact]
    public void An_empty_folder_has_no_files() => Assert.Empty(Load());

    [PermissionFact]
    public void A_folder_that_may_not_be_listed_is_an_error_and_the_others_go_on()
    {
        _folder.AddCapitals("a/x.json");
        _folder.AddCapitals("b/y.json");
        File.SetUnixFileMode(_folder["a"], UnixFileMode.None);
        try
        {
            var loads = Load();
            Assert.Equal(
                (CassetteError.CassetteUnreadable, _folder["a"]),
                (loads[0].Error!.Error, loads[0].Error!.Path)
            );
            Assert.Equal("y.json", loads[1].Cassette?.Name);
        }
        finally
        {
            File.SetUnixFileMode(
                _folder["a"],
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    private List<string> Found(bool recurse) =>
        [.. CassetteStore.Find(_folder.FullName, recurse).Select(file => file.RelativePath)];

    private List<CassetteLoad> Load() => [.. CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true))];
}
