using System.Text;
using OpenAICassette.Formats;
using OpenAICassette.Scrubbing;

namespace OpenAICassette.Tests;

public sealed class CorpusScrubTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_dry_run_finds_and_changes_nothing()
    {
        var path = AddSecret("a.env");
        var before = File.ReadAllBytes(path);
        var result = Assert.Single(Run(new ScrubOptions { IsDryRun = true, InPlace = true })).Result!;
        Assert.Single(result.Findings);
        Assert.Null(result.Findings[0].Placeholder);
        Assert.Null(result.Saved);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void Placeholders_are_numbered_in_path_order_and_none_that_a_later_file_contains_is_used()
    {
        AddSecret("a.env");
        AddSecret("b.env");
        _folder.Add("c.env", "KEY=REDACTED_OPENAI_API_KEY_1\n"u8);
        var results = Run(new ScrubOptions { InPlace = true }).Select(run => run.Result!).ToList();
        Assert.Equal(
            ["REDACTED_OPENAI_API_KEY_2", "REDACTED_OPENAI_API_KEY_3"],
            results.SelectMany(result => result.Findings).Select(finding => finding.Placeholder)
        );
        Assert.Equal("KEY=REDACTED_OPENAI_API_KEY_2\n", File.ReadAllText(_folder["a.env"]));
        Assert.All(results, result => Assert.Equal(result.Original.Path, result.Saved!.Path));
    }

    [Fact]
    public void The_reading_of_the_other_files_is_told_once_and_only_if_something_is_written()
    {
        AddSecret("a.env");
        AddSecret("b.env");
        _folder.Add("c.env", "A=1\n"u8);
        var read = 0;
        Run(new ScrubOptions { IsDryRun = true, Reading = () => read++ });
        Assert.Equal(0, read);
        Run(new ScrubOptions { InPlace = true, Reading = () => read++ });
        Assert.Equal(2, read);
    }

    [Fact]
    public void A_destination_gets_every_file_and_the_originals_stay()
    {
        var path = AddSecret("in/a.env");
        _folder.Add("in/b.env", "A=1\n"u8);
        var before = File.ReadAllBytes(path);
        var results = Run(new ScrubOptions { Destination = CassetteDestination.OfFolder(_folder["out"]) }, "in");
        Assert.Equal(
            [_folder["out/a.env"], _folder["out/b.env"]],
            results.Select(run => run.Result!.Saved!.Path!.Replace('\\', '/'))
        );
        Assert.Equal("KEY=REDACTED_OPENAI_API_KEY_1\n", File.ReadAllText(_folder["out/a.env"]));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void What_is_not_approved_is_not_written_and_the_result_says_where_it_would_go()
    {
        var path = AddSecret("a.env");
        var before = File.ReadAllBytes(path);
        var result = Assert.Single(Run(new ScrubOptions { InPlace = true, Approve = _ => false })).Result!;
        Assert.Equal(path, result.Target);
        Assert.Null(result.Saved);
        Assert.False(result.Clean.Saved);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void What_the_approval_throws_ends_the_run_and_is_not_the_error_of_the_file()
    {
        AddSecret("a.env");
        var options = new ScrubOptions { Approve = _ => throw new InvalidOperationException("stop") };
        Assert.Equal("stop", Assert.Throws<InvalidOperationException>(() => Run(options)).Message);
    }

    [Fact]
    public void A_file_that_cannot_be_written_has_an_error_and_the_others_are_done()
    {
        AddSecret("in/a.env");
        AddSecret("in/b.env");
        Directory.CreateDirectory(_folder["out/a.env"]);
        var results = Run(new ScrubOptions { Destination = CassetteDestination.OfFolder(_folder["out"]) }, "in");
        Assert.Equal(CassetteError.CassetteNotWritten, results[0].Result!.Error!.Error);
        Assert.Single(results[0].Result!.Findings);
        Assert.Null(results[0].Result!.Saved);
        Assert.NotNull(results[1].Result!.Saved);
    }

    [Fact]
    public void A_file_that_cannot_be_read_comes_in_its_place_without_a_result()
    {
        AddSecret("a.env");
        var files = CassetteStore
            .FindText(_folder["missing.env"], recurse: true)
            .Concat(CassetteStore.FindText(_folder["a.env"], recurse: true));
        var results = new CorpusScrub(new Redactor(), new ScrubOptions()).Run(files, CancellationToken.None).ToList();
        Assert.Equal(CassetteError.CassetteNotFound, results[0].Load.Error!.Error);
        Assert.Null(results[0].Result);
        Assert.Single(results[1].Result!.Findings);
    }

    [Fact]
    public void A_cancelled_run_writes_nothing()
    {
        var path = AddSecret("a.env");
        var before = File.ReadAllBytes(path);
        var scrub = new CorpusScrub(new Redactor(), new ScrubOptions { InPlace = true });
        var files = CassetteStore.FindText(path, recurse: true);
        Assert.ThrowsAny<OperationCanceledException>(() => scrub.Run(files, new CancellationToken(true)).ToList());
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    private string AddSecret(string name) =>
        _folder.Add(name, Encoding.UTF8.GetBytes($"KEY={PlantedKey.Of("openai-api-key")}\n"));

    private List<(CassetteLoad Load, ScrubResult? Result)> Run(ScrubOptions options, string below = "")
    {
        var files = CassetteStore.FindText(_folder[below], recurse: true).ToList();
        return [.. new CorpusScrub(new Redactor(), options with { Corpus = files }).Run(files, CancellationToken.None)];
    }
}
