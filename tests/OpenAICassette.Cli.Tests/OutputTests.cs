using System.Diagnostics;
using OpenAICassette.Cli;

namespace OpenAICassette.Tests;

public sealed class OutputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unexpected_exception_in_one_file_makes_the_exit_code_3_and_the_others_go_on()
    {
        var bad = _folder.AddCapitals("a.json");
        _folder.AddCapitals("b.json");
        using var output = new Output();
        var done = CassetteInput
            .Load(
                new InputPaths([_folder.FullName], null),
                (cassette, _) => cassette.Path == bad ? throw new InvalidCastException() : 1,
                output,
                default
            )
            .ToList();
        Assert.Equal("b.json", Assert.Single(done).Cassette.Name);
        Assert.Equal(3, output.Code);
        Assert.Equal(3, output.CodeWith(isFound: true));
    }

    [Fact]
    public void An_unexpected_exception_after_loading_is_the_files_problem_too()
    {
        using var output = new Output();
        output.Try("a.json", () => throw new InvalidCastException());
        Assert.Equal(3, output.Code);
    }

    [Fact]
    public void A_cassette_that_cannot_be_read_is_a_problem_and_no_internal_error()
    {
        using var output = new Output();
        output.Try("a.json", () => throw new CassetteException(CassetteError.CassetteChanged, "a.json", "changed"));
        Assert.Equal(1, output.Code);
    }

    [FullDiskTheory]
    [InlineData("transcript")]
    [InlineData("list")]
    [InlineData("scrub")]
    public void A_full_disk_behind_standard_output_is_one_line_and_no_stack_trace(string command)
    {
        var program = Path.Join(AppContext.BaseDirectory, "cassette.dll");
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "exec dotnet \"$0\" \"$1\" \"$2\" > /dev/full", program, command, Repository.Capitals]
        )
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Equal((1, "cassette: standard output: No space left on device\n"), (process.ExitCode, error));
    }
}
