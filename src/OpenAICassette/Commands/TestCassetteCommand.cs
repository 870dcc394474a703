using System.Management.Automation;
using OpenAICassette.Formats;
using OpenAICassette.Health;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Test-Cassette</c>: tells what is wrong with cassettes.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Cassette", DefaultParameterSetName = PathSet)]
[OutputType(typeof(HealthFinding), typeof(bool))]
public sealed class TestCassetteCommand : CassetteInputCommand
{
    private readonly HealthCheck _check = new();
    private readonly int[] _counts = new int[Enum.GetValues<HealthSeverity>().Length];

    /// <summary>The cassettes to test.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public Cassette[] InputObject { get; set; } = [];

    /// <summary>Whether to search folders with all below.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Gives one Boolean for all input: true when there is no error, and no warning either with <c>-FailOn Warning</c>.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Ends with a terminating error, after all output, when there is a finding of this severity or above.</summary>
    [Parameter]
    public HealthSeverity FailOn { get; set; } = HealthSeverity.Error;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet)
        {
            ForEachInput(InputObject, cassette => Tell(_check.Check(cassette)));
            return;
        }

        ForItem(Paths, () =>
        {
            var files = Paths.SelectMany(path => CassetteStore.Find(path, Recurse));
            foreach (var (load, alone) in CassetteStore.Load(files, (cassette, _) => HealthCheck.CheckAlone(cassette), StopToken))
            {
                Tell(load switch
                {
                    { Cassette: { } cassette } => _check.Add(cassette, alone!),
                    { Error: { } error } => [HealthCheck.Of(error)],
                    _ => [],
                });
            }
        });
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var failures = _counts.Skip((int)FailOn).Sum();
        if (Quiet)
        {
            WriteObject(failures == 0);
        }

        if (failures > 0 && MyInvocation.BoundParameters.ContainsKey(nameof(FailOn)))
        {
            ThrowTerminatingError(Errors.Unhealthy(failures, FailOn));
        }
    }

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
