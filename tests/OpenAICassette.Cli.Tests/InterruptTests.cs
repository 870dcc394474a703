using System.Diagnostics;

namespace OpenAICassette.Tests;

/// <summary>
/// A command that is interrupted writes what it has. If it waited for what it reads, it would be ended by force after
/// some seconds, with another exit code and without what it has.
/// </summary>
public sealed class InterruptTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);

    [ProgramFact("kill")]
    public async Task A_list_in_a_pipe_writes_the_rows_that_it_held_back()
    {
        var (code, lines) = await InterruptAsync("list", Repository.Capitals, "missing.json", "-");
        Assert.Equal(130, code);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("NAME ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("capitals.json  gpt-4o  ", lines[1], StringComparison.Ordinal);
    }

    [ProgramFact("kill")]
    public async Task Lines_that_were_written_but_not_yet_sent_are_sent()
    {
        var (code, lines) = await InterruptAsync("list", "--json", Repository.Capitals, "missing.json", "-");
        Assert.Equal(130, code);
        Assert.Contains("capitals.json", Assert.Single(lines), StringComparison.Ordinal);
    }

    /// <summary>
    /// Runs a command that tells of a missing file and then waits for standard input, and ends it while it waits.
    /// </summary>
    private static async Task<(int Code, string[] Lines)> InterruptAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "cassette.dll"), .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var problem = await process.StandardError.ReadLineAsync().WaitAsync(s_long);
            Assert.Contains("missing.json", problem, StringComparison.Ordinal);

            // TERM, because a shell that runs the tests in the background may have them ignore INT.
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync().WaitAsync(s_long);
            return (process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
