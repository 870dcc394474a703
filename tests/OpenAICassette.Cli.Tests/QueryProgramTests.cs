using System.Diagnostics;

namespace OpenAICassette.Tests;

/// <summary><c>cassette query</c> and <c>cassette index</c> are those of another program.</summary>
public sealed class QueryProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void The_program_on_the_PATH_gets_the_arguments_and_gives_the_exit_code()
    {
        var program = _folder.Add("cassette-query", "#!/bin/sh\nprintf '[%s]' \"$@\"\nexit 7\n"u8);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal((7, "[SELECT 1][--index][a b]"), Run(_folder.FullName, "query", "SELECT 1", "--index", "a b"));
        Assert.Equal((7, "[index][--help]"), Run(_folder.FullName, "index", "--help"));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("index")]
    public void Without_the_program_it_is_told_how_to_install_it(string command)
    {
        var (code, output) = Run(_folder.FullName, command, "--help");
        Assert.Equal(2, code);
        Assert.Equal(
            "cassette: cassette-query is not on the PATH\n"
                + "cassette: to install it, run 'dotnet tool install --global OpenAICassette.Query.Cli'\n",
            output.ReplaceLineEndings("\n")
        );
    }

    private static (int Code, string Output) Run(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [Path.Join(AppContext.BaseDirectory, "cassette.dll"), .. arguments]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "the program did not end");
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
