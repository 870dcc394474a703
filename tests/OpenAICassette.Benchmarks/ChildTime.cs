using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenAICassette.Benchmarks;

/// <summary>The processor time of whole programs, which a busy machine changes less than wall time.</summary>
internal static class ChildTime
{
    private const int Children = -1;

    /// <summary>Runs a program, discards what it writes, and returns its processor time.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It did not end with exit code 0.</exception>
    public static TimeSpan Of(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var before = OfAllChildren();
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        var error = said.GetAwaiter().GetResult();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}: {error}"
            );
        }

        return OperatingSystem.IsWindows() ? process.TotalProcessorTime : OfAllChildren() - before;
    }

    /// <summary>.NET does not say what a process took that has ended; Unix says it of all that ended.</summary>
    private static TimeSpan OfAllChildren()
    {
        if (OperatingSystem.IsWindows())
        {
            return TimeSpan.Zero;
        }

        // struct rusage begins with seconds and microseconds in user mode, and those in the kernel.
        var usage = new long[64];
        if (GetResourceUsage(Children, usage) != 0)
        {
            throw new InvalidOperationException("the processor time of the programs that were run is not known");
        }

        return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds((int)usage[1] + (int)usage[3]);
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetResourceUsage(int who, [Out] long[] usage);
}
