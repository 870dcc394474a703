using System.Diagnostics;

namespace OpenAICassette.Benchmarks;

/// <summary>A server in a process of its own, and what it holds.</summary>
internal sealed class LoadServer : IDisposable
{
    private readonly Process _process;

    private LoadServer(Process process, Uri uri)
    {
        _process = process;
        Uri = uri;
    }

    /// <summary>Gets its address.</summary>
    public Uri Uri { get; }

    /// <summary>Gets its memory in the machine.</summary>
    public long Megabytes => Current.WorkingSet64 >> 20;

    /// <summary>Gets how many files and sockets it has open.</summary>
    public int Handles =>
        OperatingSystem.IsLinux()
            ? Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length
            : Current.HandleCount;

    /// <summary>Gets how many threads it has.</summary>
    public int Threads => Current.Threads.Count;

    private Process Current
    {
        get
        {
            _process.Refresh();
            return _process;
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="program">The program, or its dll.</param>
    /// <param name="arguments">What to serve.</param>
    public static async Task<LoadServer> StartAsync(string program, params string[] arguments)
    {
        string[] all = ["serve", .. arguments];
        var start = program.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [program, .. all])
            : new ProcessStartInfo(program, all);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var uri = new Uri((await process.StandardOutput.ReadLineAsync())!);
        return new LoadServer(process, uri);
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
