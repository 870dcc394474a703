using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenAICassette.Capture;

/// <summary>Runs a program with the standard streams of this process, and passes signals on to it.</summary>
internal static class ProgramProcess
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Terminate = 15;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="variables">The environment variables to set.</param>
    /// <param name="hasTerminal">True if a terminal sends Ctrl+C to the program itself.</param>
    /// <returns>The exit code; 128 and the number of a signal that ended the program.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> variables,
        bool hasTerminal
    )
    {
        var start = new ProcessStartInfo(ProgramPath.Find(command[0]), command.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = new Process { StartInfo = start };

        // A signal ends the program, not this process, which still has recordings to complete.
        using var interrupt = Forward(PosixSignal.SIGINT, process, hasTerminal ? null : Interrupt);
        using var quit = Forward(PosixSignal.SIGQUIT, process, hasTerminal ? null : Quit);
        using var terminate = Forward(PosixSignal.SIGTERM, process, Terminate);
        using var hangup = Forward(PosixSignal.SIGHUP, process, Hangup);
        process.Start();
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return process.ExitCode;
    }

    private static PosixSignalRegistration Forward(PosixSignal signal, Process process, int? number) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            if (number is { } sent)
            {
                Send(process, sent);
            }
        });

    private static void Send(Process process, int signal)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                process.Kill();
            }
            else if (!process.HasExited)
            {
                _ = Kill(process.Id, signal);
            }
        }
        catch (InvalidOperationException)
        {
            // The program has not started yet, or has ended.
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
