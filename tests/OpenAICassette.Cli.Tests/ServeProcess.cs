using System.Diagnostics;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>A server that runs, and the processes that it started; all are ended with it.</summary>
internal sealed class ServeProcess : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private ServeProcess(Process process)
    {
        _process = process;
    }

    /// <summary>The address that it told.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The rest of the line in which it told it.</summary>
    public required string Rest { get; init; }

    /// <summary>What it wrote to standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Starts <c>cassette serve</c> and waits until it tells its address.</summary>
    public static async Task<ServeProcess> StartAsync(params string[] arguments)
    {
        var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "cassette.dll"), "serve", .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(s_long);
        Assert.False(string.IsNullOrEmpty(line), "the server told no address");
        var words = line.Split(' ', 2);
        var server = new ServeProcess(process)
        {
            Uri = new Uri(words[0]),
            Rest = words.Length > 1 ? words[1] : string.Empty,
        };
        process.ErrorDataReceived += (_, data) =>
        {
            lock (server._errors)
            {
                server._errors.AppendLine(data.Data);
            }
        };
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Asks a process to end, as service managers do.</summary>
    public static void Terminate(int id)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for what must happen soon.</summary>
    public static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < s_long, otherwise);
            await Task.Delay(20);
        }
    }

    /// <summary>True while a process is there.</summary>
    public static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Asks it to end, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Terminate(_process.Id);
        return await EndAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_long);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
