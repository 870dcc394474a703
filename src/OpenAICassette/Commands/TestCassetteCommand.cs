using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Health;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Test-Cassette</c>: finds problems in cassettes.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Cassette", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(HealthFinding), typeof(bool))]
public sealed class TestCassetteCommand : CassetteInputCommand
{
    private readonly HealthCheck _check = new();
    private HealthSelection _selection = new();
    private BaselineRun? _baseline;
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

    /// <summary>The ids of the only findings to report; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HealthIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>The ids of findings not to report; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HealthIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeId { get; set; } = [];

    /// <summary>Reports only what these need.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public HealthAudience[] Audience { get; set; } = [];

    /// <summary>A file with known findings, which are counted but not returned and do not fail.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Baseline { get; set; }

    /// <summary>Writes the findings of this run to the baseline and keeps its reasons.</summary>
    [Parameter]
    public SwitchParameter UpdateBaseline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _selection = new HealthSelection
        {
            Ids = Id,
            ExcludedIds = ExcludeId,
            Audiences = Audience,
        };
        _baseline = BaselineRun.Begin(this, Baseline, UpdateBaseline, ofSecrets: false);
    }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        Tell(Unused ? CheckUse(cassette) : _check.Check(cassette));
        _baseline?.Checked(cassette.Path ?? cassette.Name);
    }

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
    private protected override void ProcessPaths(IEnumerable<ResolvedPath> paths)
    {
        if (Unused)
        {
            base.ProcessPaths(paths);
            return;
        }

        foreach (
            var (load, alone) in CassetteLoader.LoadEach(
                Reports,
                paths,
                Recurse,
                (cassette, _) => HealthCheck.CheckAlone(cassette),
                StopToken
            )
        )
        {
            if (load.Cassette is { } cassette)
            {
                Tell(_check.Add(cassette, alone!));
                _baseline?.Checked(load.File.Path);
            }
            else
            {
                Tell([HealthCheck.Of(load.Error!)]);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _baseline?.End(IsUsed);
        var failures = UpdateBaseline ? 0 : _counts.Skip((int)FailOn).Sum();
        if (Quiet)
        {
            WriteObject(failures == 0);
        }

        if (failures > 0 && IsBound(nameof(FailOn)))
        {
            Fail(FindingErrors.Unhealthy(failures, FailOn));
        }
    }

    /// <summary>Returns whether the run looked for findings with an id.</summary>
    private bool IsUsed(string id) => _selection.Includes(id) && Unused == (id == HealthId.Unused);

    private static IReadOnlyList<HealthFinding> CheckUse(Cassette cassette) =>
        cassette.Path is { } path && RunningServers.HasPlayed(path) ? [] : [HealthCheck.Unused(cassette)];

    private void Tell(IReadOnlyList<HealthFinding> findings)
    {
        foreach (var finding in findings.Where(finding => _selection.Includes(finding.Id)))
        {
            if (_baseline?.IsKnown(finding) == true)
            {
                continue;
            }

            _counts[(int)finding.Severity]++;
            if (!Quiet)
            {
                WriteObject(finding);
            }
        }
    }
}
