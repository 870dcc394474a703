namespace OpenAICassette.Tests;

public sealed class ConvertCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_whole_corpus_comes_out_byte_for_byte_at_its_relative_paths()
    {
        var run = CassetteProcess.Run("convert", SharedData.Recordings, "--to", "llama-stack", "--out", _folder["out"]);
        Assert.Equal((0, string.Empty, string.Empty), (run.Code, run.Output, run.Error));
        var expected = SharedData
            .Files.Select(path => Path.GetRelativePath(SharedData.Recordings, path).Replace('\\', '/'))
            .ToList();
        Assert.Equal(expected.Select(path => $"out/{path}").Order(StringComparer.Ordinal), _folder.Files);
        Assert.All(expected, path =>
            Assert.True(
                File.ReadAllBytes(Path.Join(SharedData.Recordings, path))
                    .AsSpan()
                    .SequenceEqual(File.ReadAllBytes(_folder[$"out/{path}"])),
                path
            )
        );
    }

    [Fact]
    public void The_example_comes_out_as_the_recording_that_it_was()
    {
        var run = CassetteProcess.Run("convert", Repository.Capitals, "--to", "LlamaStack", "--out", _folder.FullName);
        Assert.Equal((0, string.Empty, string.Empty), (run.Code, run.Output, run.Error));
        Assert.Equal(
            File.ReadAllBytes(SharedData.Era("seed", "60c9dd312fdc")),
            File.ReadAllBytes(_folder["capitals.json"])
        );
        Assert.Equal(["capitals.json"], _folder.Files);
    }

    [Theory]
    [InlineData("vcr")]
    [InlineData("")]
    [InlineData("llama stack")]
    public void Another_format_is_not_understood(string format)
    {
        var run = CassetteProcess.Run("convert", Repository.Capitals, "--to", format, "--out", _folder["out"]);
        run.AssertProblems(
            2,
            $"--to takes llama-stack, har, test-proxy, nock, go-vcr, ruby-vcr, vcrpy, bare-answer; got '{format}'",
            "see 'cassette --help'"
        );
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("--to", "llama-stack")]
    [InlineData("--out", "out")]
    public void Format_and_folder_must_both_be_given(params string[] given)
    {
        var run = CassetteProcess.RunIn(_folder.FullName, ["convert", Repository.Capitals, .. given]);
        Assert.Equal((2, string.Empty), (run.Code, run.Output));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_file_that_fails_is_told_and_the_others_are_written()
    {
        var broken = _folder.Add("in/a.json", "{"u8);
        var run = CassetteProcess.Run(
            "convert",
            broken,
            Repository.Capitals,
            "--to",
            "llama-stack",
            "--out",
            _folder["out"]
        );
        Assert.Equal((1, string.Empty), (run.Code, run.Output));
        Assert.StartsWith(
            $"cassette: {broken}: not JSON at line 1, column 2",
            Assert.Single(run.Problems),
            StringComparison.Ordinal
        );
        Assert.Equal(["in/a.json", "out/capitals.json"], _folder.Files);
    }

    [Fact]
    public void Two_files_of_one_name_do_not_overwrite_each_other()
    {
        var (first, second) = (_folder.AddCapitals("x/a.json"), _folder.AddCapitals("y/a.json"));
        var run = CassetteProcess.Run("convert", first, second, "--to", "llama-stack", "--out", _folder["out"]);
        run.AssertProblems(
            1,
            $"{second}: not written: another cassette of this run was already written to {_folder["out/a.json"]}"
        );
        Assert.Equal(24_516, new FileInfo(_folder["out/a.json"]).Length);
    }

    [Fact]
    public void Another_format_has_its_extension_and_what_it_cannot_hold_is_said_once()
    {
        var run = CassetteProcess.Run("convert", Repository.Capitals, "--to", "har", "--out", _folder["out"]);
        Assert.Equal((0, string.Empty), (run.Code, run.Output));
        Assert.Equal(["out/capitals.har"], _folder.Files);
        var list = CassetteProcess.Run("list", "--json", _folder["out"]);
        Assert.Contains("\"format\":\"har\"", list.Output, StringComparison.Ordinal);

        var timed = _folder.Add(
            "timed/a.har",
            """{"log":{"entries":[{"startedDateTime":"2026-01-02T03:04:05Z","request":{"method":"GET","url":"https://h/"},"response":{"status":200}}]}}"""u8
        );
        run = CassetteProcess.Run("convert", timed, "--to", "go-vcr", "--out", _folder["go"], "--join", "all.yaml");
        Assert.Equal(0, run.Code);
        Assert.Contains("go-vcr cannot hold: start times (1 interaction)", run.Error, StringComparison.Ordinal);
        Assert.Contains("go/all.yaml", _folder.Files);
    }

    [Fact]
    public void Recordings_that_hold_one_interaction_are_not_joined()
    {
        var run = CassetteProcess.Run(
            "convert",
            Repository.Capitals,
            "--to",
            "llama-stack",
            "--out",
            _folder["out"],
            "--join",
            "all.json"
        );
        run.AssertProblems(
            1,
            $"{Repository.Capitals}: not written: a file of the format llama-stack holds one interaction, "
                + "so cassettes cannot be joined in it"
        );
        Assert.Empty(_folder.Files);
    }
}
