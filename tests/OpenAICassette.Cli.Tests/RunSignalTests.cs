using System.Diagnostics;

namespace OpenAICassette.Tests;

/// <summary>A signal to <c>cassette run</c> is one to the program, whose recordings are completed.</summary>
public sealed class RunSignalTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly StandIn _service = new();

    public void Dispose()
    {
        _service.Dispose();
        _folder.Dispose();
    }

    [ProgramFact("curl", "kill")]
    public async Task The_program_gets_the_signal_and_decides_about_the_exit_code()
    {
        // A shell that runs the tests in the background has them ignore some signals, which no program can undo.
        var signals = ((string Name, int Code)[])[("TERM", 9), ("INT", 8), ("HUP", 7)];
        foreach (var (signal, number) in signals.Where(signal => IsSeen(signal.Name)))
        {
            Assert.Equal(number, await RunAsync(signal, number));
        }

        Assert.Single(Directory.GetFiles(_folder["r"], "*.json", SearchOption.AllDirectories));
    }

    private static bool IsSeen(string signal)
    {
        using var process = Process.Start("sh", ["-c", $"trap 'exit 3' {signal}; kill -{signal} $$; exit 4"]);
        process.WaitForExit();
        return process.ExitCode == 3;
    }

    private async Task<int> RunAsync(string signal, int number)
    {
        var script =
            $"trap 'exit {number}' {signal}; curl -sS -o answer https://api.openai.com/v1/chat/completions "
            + "-d '{\"model\":\"m\"}'; echo ready; while :; do sleep 0.05; done";
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    Path.Join(AppContext.BaseDirectory, "cassette.dll"),
                    "run",
                    "--mode",
                    "newepisodes",
                    "--upstream",
                    _service.For("api.openai.com"),
                    _folder["r"],
                    "--",
                    "sh",
                    "-c",
                    script,
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = _folder.FullName,
            }
        )!;
        try
        {
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(s_long));
            using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
            await process.WaitForExitAsync().WaitAsync(s_long);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
