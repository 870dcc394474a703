using System.Management.Automation;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Test-Cassette</c>: finds problems in cassettes.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Cassette", DefaultParameterSetName = PathSet)]
[OutputType(typeof(HealthFinding), typeof(bool))]
public sealed class TestCassetteCommand : CassetteInputCommand
{
    private readonly HealthCheck _check = new();
    private readonly int[] _counts = new int[Enum.GetValues<HealthSeverity>().Length];

    /// <summary>
    /// Returns one Boolean for all input: true if there is no error and, with <c>-FailOn Warning</c>, no warning.
    /// </summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// Ends with a terminating error, after all output, if there is a finding of this severity or above.
    /// </summary>
    [Parameter]
    public HealthSeverity FailOn { get; set; } = HealthSeverity.Error;

    /// <summary>
    /// Reports only cassettes that nothing in this process has played. After a run of all tests, these are not needed.
    /// </summary>
    [Parameter]
    public SwitchParameter Unused { get; set; }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette) => Tell(Unused ? CheckUse(cassette) : _check.Check(cassette));

    /// <summary>
    /// An unreadable input is not healthy: the error of a file is a finding, and any other error counts as one.
    /// </summary>
    /// <param name="problem">The error.</param>
    protected override void WriteItemError(ErrorRecord problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Exception is CassetteException e)
        {
            Tell([HealthCheck.Of(e)]);
            return;
        }

        _counts[(int)HealthSeverity.Error]++;
        WriteError(problem);
    }

    /// <inheritdoc/>
    protected override void ProcessPaths()
    {
        if (Unused)
        {
            base.ProcessPaths();
            return;
        }

        foreach (
            var (load, alone) in CassetteLoader.LoadEach(
                Reports,
                Paths,
                Recurse,
                (cassette, _) => HealthCheck.CheckAlone(cassette),
                StopToken
            )
        )
        {
            Tell(load.Cassette is { } cassette ? _check.Add(cassette, alone!) : [HealthCheck.Of(load.Error!)]);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var failures = _counts.Skip((int)FailOn).Sum();
        if (Quiet)
        {
            WriteObject(failures == 0);
        }

        if (failures > 0 && IsBound(nameof(FailOn)))
        {
            Fail(FindingErrors.Unhealthy(failures, FailOn));
        }
    }

    private static IReadOnlyList<HealthFinding> CheckUse(Cassette cassette) =>
        cassette.Path is { } path && RunningServers.HasPlayed(path) ? [] : [HealthCheck.Unused(cassette)];

    private void Tell(IReadOnlyList<HealthFinding> findings)
    {
        foreach (var finding in findings)
        {
            _counts[(int)finding.Severity]++;
            if (!Quiet)
            {
                WriteObject(finding);
            }
        }
    }
}
