using System.Text;

namespace OpenAICassette.Tests;

public sealed class ScrubCommandTests : IDisposable
{
    private const string Placeholder = "REDACTED_OPENAI_API_KEY_1";
    private readonly TempFolder _folder = new();
    private readonly string _key = PlantedKey.Of("openai-api-key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_an_option_the_clean_cassette_goes_to_standard_output()
    {
        var run = CassetteProcess.RunWith(Planted(_key), "scrub", "-");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(Planted(Placeholder), run.Bytes);
    }

    [Fact]
    public void A_cassette_without_secrets_goes_through_byte_for_byte()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(Repository.Capitals), .. "\r\n \n"u8];
        var run = CassetteProcess.RunWith(bytes, "scrub", "-");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(bytes, run.Bytes);
    }

    [Fact]
    public void A_check_tells_every_finding_ends_with_1_and_changes_nothing()
    {
        var path = _folder.Add("a.json", Planted(_key));
        var second = _folder.Add("b.json", Planted(_key));
        var run = CassetteProcess.Run("scrub", "--check", path, second, Repository.Capitals);
        Assert.Equal(1, run.Code);
        Assert.Equal(
            [$"{path}: /response/body/a~1b/0: openai-api-key", $"{second}: /response/body/a~1b/0: openai-api-key"],
            run.Lines
        );
        Assert.Equal(
            "cassette: openai-api-key: Revoke the key at https://platform.openai.com/api-keys or where it was issued, then remove it from the file.",
            run.Error.Trim()
        );
        Assert.Equal(Planted(_key), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_check_that_finds_nothing_says_nothing_and_ends_with_0()
    {
        var run = CassetteProcess.Run("scrub", "--check", Repository.Capitals);
        Assert.Equal((0, string.Empty, string.Empty), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void Writing_replaces_the_files_that_hold_secrets_and_touches_no_other()
    {
        var path = _folder.Add("below/a.json", Planted(_key));
        var other = _folder.AddCapitals("b.json");
        var before = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(other, before);
        var run = CassetteProcess.RunIn(_folder.FullName, "scrub", "--write", ".");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(["./below/a.json: /response/body/a~1b/0: openai-api-key"], run.Lines);
        Assert.Equal(Planted(Placeholder), File.ReadAllBytes(path));
        Assert.Equal(before, File.GetLastWriteTimeUtc(other));
        Assert.Equal(["b.json", "below/a.json"], _folder.Files);
        Assert.Equal(0, CassetteProcess.Run("scrub", "--check", _folder.FullName).Code);
    }

    [Fact]
    public void Another_folder_gets_every_cassette_at_its_relative_path_changed_or_not()
    {
        _folder.Add("in/below/[a] é.json", Planted(_key));
        _folder.AddCapitals("in/b.txt");
        _folder.Add("in/notes.md", "# notes"u8);
        var run = CassetteProcess.Run("scrub", _folder["in"], "--out", _folder["out/new"]);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            ["in/b.txt", "in/below/[a] é.json", "in/notes.md", "out/new/b.txt", "out/new/below/[a] é.json"],
            _folder.Files
        );
        Assert.Equal(Planted(Placeholder), File.ReadAllBytes(_folder["out/new/below/[a] é.json"]));
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), File.ReadAllBytes(_folder["out/new/b.txt"]));
        Assert.Equal(Planted(_key), File.ReadAllBytes(_folder["in/below/[a] é.json"]));
    }

    [Fact]
    public void Two_files_of_one_name_do_not_overwrite_each_other()
    {
        var (first, second) = (_folder.AddCapitals("x/a.json"), _folder.Add("y/a.json", Planted(_key)));
        Directory.CreateDirectory(_folder["out"]);
        var run = CassetteProcess.Run("scrub", first, second, "--out", _folder["out"]);
        run.AssertProblems(
            1,
            $"{second}: not written: another cassette of this run was already written to {_folder["out/a.json"]}"
        );
        Assert.Equal(File.ReadAllBytes(Repository.Capitals), File.ReadAllBytes(_folder["out/a.json"]));
    }

    [Theory]
    [InlineData("--check and --write", "x.json", "--check", "--write")]
    [InlineData("--write and --out", "x.json", "--write", "--out", "y")]
    [InlineData("two files", "x.json", "y.json")]
    [InlineData("a folder", ".")]
    [InlineData("standard input", "-", "--write")]
    [InlineData("standard input", "-", "--out", "y")]
    public void Options_that_do_not_go_together_are_not_understood(string what, params string[] arguments)
    {
        var run = CassetteProcess.RunIn(_folder.FullName, ["scrub", .. arguments]);
        Assert.True(
            run.Code == 2 && run.Bytes.Length == 0 && run.Problems.Count == 2,
            $"{what}: {run.Code} {run.Output} {run.Error}"
        );
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_file_that_fails_is_told_and_the_others_are_written()
    {
        var path = _folder.Add("a.json", Planted(_key));
        var run = CassetteProcess.Run("scrub", "--write", _folder["missing.json"], path);
        run.AssertProblems(1, $"{_folder["missing.json"]}: no such file");
        Assert.Equal(Planted(Placeholder), File.ReadAllBytes(path));
    }

    [UnixFact]
    public void A_pipe_that_is_given_by_its_path_cannot_be_replaced_and_that_is_told()
    {
        var run = CassetteProcess.RunWith(Planted(_key), "scrub", "--write", "/dev/stdin");
        Assert.InRange(run.Code, 1, 2);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.All(run.Problems, problem => Assert.StartsWith("cassette: ", problem, StringComparison.Ordinal));
    }

    private static byte[] Planted(string secret) =>
        Encoding.UTF8.GetBytes(
            $$$"""
            { "request": {"url": "x"},
              "response": {"body": {"a/b": ["é \"{{{secret}}}\" end"]}} }

            """
        );
}
