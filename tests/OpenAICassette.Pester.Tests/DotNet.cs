using System.Diagnostics;
using OpenAICassette.Hosting.Tests;

namespace OpenAICassette.Pester.Tests;

/// <summary>Runs <c>dotnet</c> at the root of the repository.</summary>
internal static class DotNet
{
    /// <summary>Gets the arguments that run the PowerShell of the tool manifest.</summary>
    public static IReadOnlyList<string> PowerShell { get; } =
    ["tool", "run", "pwsh", "--", "-NoProfile", "-NonInteractive"];

    /// <summary>Starts a process; what it writes goes to <paramref name="output"/>.</summary>
    public static Process Start(IEnumerable<string> arguments, Action<string> output)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["NO_COLOR"] = "1",
                ["DOTNET_NOLOGO"] = "1",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            },
        };

        // The test host sets variables for itself that must not lead the builds of this process.
        foreach (
            var name in start
                .Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
                .ToList()
        )
        {
            start.Environment.Remove(name);
        }

        var process = new Process { StartInfo = start };
        DataReceivedEventHandler receive = (_, line) =>
        {
            if (line.Data is not null)
            {
                output(line.Data);
            }
        };
        process.OutputDataReceived += receive;
        process.ErrorDataReceived += receive;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">
    /// The command failed, or took longer than <paramref name="limit"/>.
    /// </exception>
    public static void Run(TimeSpan limit, params IReadOnlyList<string> arguments)
    {
        var output = new OutputTail();
        using var process = Start(arguments, output.Add);
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException(
                $"dotnet {string.Join(' ', arguments)} did not end within {limit}.\n{output}"
            );
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"dotnet {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.\n{output}"
            );
        }
    }
}
