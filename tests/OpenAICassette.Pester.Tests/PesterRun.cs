using Xunit.Abstractions;
using Xunit.Sdk;

namespace OpenAICassette.Pester.Tests;

/// <summary>
/// The module that is tested and one PowerShell for each Pester version, which live as long as the run.
/// </summary>
/// <remarks>At the end of the run the counts of its tests are written, which are not those of the files.</remarks>
public sealed class PesterRun(IMessageSink messages) : IDisposable
{
    private readonly Dictionary<string, PesterProcess> _processes = [];
    private readonly List<PesterResult> _results = [];

    // A failure is kept and told by every row.
    private readonly Lazy<bool> _module = new(StagedModule.Make);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        if (_results.Count > 0)
        {
            Write(
                $"Pester tests: {_results.Sum(result => result.Passed)} passed, {_results.Sum(result => result.Failed)} failed, "
                    + $"{_results.Sum(result => result.Skipped)} skipped"
            );
        }
    }

    /// <summary>Runs the tests of a file.</summary>
    internal async Task<PesterResult> Run(string file, string version)
    {
        _ = _module.Value;
        if (!_processes.TryGetValue(version, out var process) || !process.IsRunning)
        {
            process?.Dispose();
            process = await PesterProcess.Start(version);
            _processes[version] = process;
        }

        var result = await process.Run(file);
        _results.Add(result);
        foreach (var skipped in result.SkippedTests)
        {
            Write($"Pester skipped {Path.GetFileName(file)}: {skipped}");
        }

        return result;
    }

    private void Write(string message) => messages.OnMessage(new DiagnosticMessage(message));
}
