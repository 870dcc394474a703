using System.Management.Automation;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Test-Cassette</c>: tells what is wrong with cassettes.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Cassette", DefaultParameterSetName = PathSet)]
[OutputType(typeof(HealthFinding), typeof(bool))]
public sealed class TestCassetteCommand : CassetteInputCommand
{
    private readonly HealthCheck _check = new();
    private readonly int[] _counts = new int[Enum.GetValues<HealthSeverity>().Length];

    /// <summary>
    /// Gives one Boolean for all input: true when there is no error, and no warning either with <c>-FailOn Warning</c>.
    /// </summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// Ends with a terminating error, after all output, when there is a finding of this severity or above.
    /// </summary>
    [Parameter]
    public HealthSeverity FailOn { get; set; } = HealthSeverity.Error;

    /// <summary>
    /// Tells only of cassettes that nothing in this process has played, which after a run of all tests nobody needs.
    /// </summary>
    [Parameter]
    public SwitchParameter Unused { get; set; }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette) => Tell(Unused ? CheckUse(cassette) : _check.Check(cassette));

    /// <summary>
    /// What could not be looked at is not healthy: a file's error is a finding, and any other counts as one.
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
