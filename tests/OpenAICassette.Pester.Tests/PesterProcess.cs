using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json;

namespace OpenAICassette.Pester.Tests;

/// <summary>A PowerShell that runs one test file after another with one version of Pester.</summary>
/// <remarks>
/// Starting PowerShell and Pester costs more than most files do, so one process serves all files of a version.
/// </remarks>
internal sealed class PesterProcess : IDisposable
{
    private static readonly TimeSpan s_fileLimit = TimeSpan.FromMinutes(10);

    private readonly OutputTail _output = new();
    private readonly NamedPipeServerStream _pipe;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;
    private readonly Process _process;

    private PesterProcess(string version)
    {
        var name = $"pester-{Guid.NewGuid():n}";
        _pipe = new NamedPipeServerStream(
            name,
            PipeDirection.InOut,
            1,
            PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous
        );
        _reader = new StreamReader(_pipe);
        _writer = new StreamWriter(_pipe);
        var script = Path.Join(AppContext.BaseDirectory, "Invoke-PesterFile.ps1");
        _process = DotNet.Start(
            [.. DotNet.PowerShell, "-File", script, "-Pester", PesterPackage.Manifest(version), "-Pipe", name],
            _output.Add
        );
    }

    /// <summary>Gets whether the process can take another file.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts a process and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">The process did not start.</exception>
    public static async Task<PesterProcess> Start(string version)
    {
        var process = new PesterProcess(version);
        await process.Await($"Pester {version}", process._pipe.WaitForConnectionAsync());
        return process;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The script ends when its pipe does.
        _pipe.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    /// <summary>Runs the tests of a file.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or the file took too long.</exception>
    public async Task<PesterResult> Run(string file)
    {
        var answer = Ask(file);
        await Await(Path.GetFileName(file), answer);
        return JsonSerializer.Deserialize<PesterResult>((await answer)!)!;
    }

    private async Task<string?> Ask(string file)
    {
        await _writer.WriteLineAsync(file);
        await _writer.FlushAsync();
        return await _reader.ReadLineAsync();
    }

    private async Task Await(string what, Task work)
    {
        var end = _process.WaitForExitAsync();
        var first = await Task.WhenAny(work, end, Task.Delay(s_fileLimit));
        if (first != work || _process.HasExited)
        {
            var reason =
                first == end || _process.HasExited ? "PowerShell ended" : $"It did not end within {s_fileLimit}";
            _process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{what} could not be run: {reason}.\n{_output}");
        }

        await work;
    }
}
