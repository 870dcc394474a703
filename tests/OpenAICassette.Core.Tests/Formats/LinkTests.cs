using OpenAICassette.Formats;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>What is written below a folder stays there, whatever links stand in it.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Cassette _cassette;

    public LinkTests()
    {
        _folder.AddCapitals("in/below/a.json");
        _cassette = Assert.Single(CassetteStore.Load(CassetteStore.Find(_folder["in"], recurse: true))).Cassette!;
        _folder.Add("outside/a.json", "mine"u8);
        Directory.CreateDirectory(_folder["out"]);
    }

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void A_link_at_a_files_place_is_replaced_and_not_followed()
    {
        Directory.CreateDirectory(_folder["out/below"]);
        File.CreateSymbolicLink(_folder["out/below/a.json"], _folder["outside/a.json"]);
        CassetteDestination.OfFolder(_folder["out"]).Write(_cassette);
        Assert.Equal("mine", File.ReadAllText(_folder["outside/a.json"]));
        Assert.Null(new FileInfo(_folder["out/below/a.json"]).LinkTarget);
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), File.ReadAllBytes(_folder["out/below/a.json"]));
    }

    [UnixFact]
    public void A_link_to_a_folder_is_an_error_that_names_it()
    {
        Directory.CreateSymbolicLink(_folder["out/below"], _folder["outside"]);
        var error = Assert.Throws<CassetteException>(() =>
            CassetteDestination.OfFolder(_folder["out"] + "/").Write(_cassette)
        );
        Assert.Equal(CassetteError.CassetteNotWritten, error.Error);
        Assert.Contains(
            $"{_folder["out/below"]} is a link to {_folder["outside"]}",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("mine", File.ReadAllText(_folder["outside/a.json"]));
    }

    [UnixFact]
    public void Pages_do_not_follow_links_either()
    {
        File.CreateSymbolicLink(_folder["out/index.html"], _folder["outside/a.json"]);
        new TranscriptSite(_folder["out"], SiteOutput.Html).WriteIndex();
        Assert.Equal("mine", File.ReadAllText(_folder["outside/a.json"]));
    }

    [UnixFact]
    public void The_folder_itself_may_be_a_link()
    {
        Directory.CreateSymbolicLink(_folder["link"], _folder["out"]);
        CassetteDestination.OfFolder(_folder["link"]).Write(_cassette);
        Assert.True(File.Exists(_folder["out/below/a.json"]));
    }

    [Fact]
    public void What_a_killed_process_left_is_gone_after_the_next_write_of_the_file()
    {
        var target = _folder["out/a.json"];
        string left;
        using (var temporary = TemporaryFile.Create(target, null))
        {
            left = temporary.Path;
        }

        File.WriteAllText(left, "half");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddMinutes(-1));
        CassetteStore.Save(_cassette, target);
        Assert.Equal(["in/below/a.json", "out/a.json", "outside/a.json"], _folder.Files);
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), File.ReadAllBytes(target));
    }

    [Fact]
    public void What_another_process_still_writes_stays()
    {
        var target = _folder["out/a.json"];
        using var other = TemporaryFile.Create(target, null);
        CassetteStore.Save(_cassette, target);
        Assert.True(File.Exists(other.Path));
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), File.ReadAllBytes(target));
    }
}
