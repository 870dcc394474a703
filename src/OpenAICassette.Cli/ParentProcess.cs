using System.ComponentModel;
using System.Diagnostics;

namespace OpenAICassette.Cli;

/// <summary>The process whose end is the end of a server.</summary>
internal static class ParentProcess
{
    /// <summary>Waits until a process ends, or is not there to begin with.</summary>
    /// <param name="id">The process's id.</param>
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
            // It has ended already.
        }
    }
}
