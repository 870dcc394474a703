using System.ComponentModel;
using System.Diagnostics;

namespace OpenAICassette.Cli;

/// <summary>Watches the process whose end also ends a server.</summary>
internal static class ParentProcess
{
    /// <summary>Waits until a process ends, or returns at once if it does not exist.</summary>
    /// <param name="id">The id of the process.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task WaitAsync(int id, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // The process has already ended.
        }
    }
}
