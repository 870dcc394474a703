using System.Management.Automation;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Find-CassetteSecret</c>: tells what secrets cassettes and other texts hold.</summary>
[Cmdlet(VerbsCommon.Find, "CassetteSecret", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Finding))]
public sealed class FindCassetteSecretCommand : SecretCommand
{
    private Redactor? _redactor;
    private int _findings;
    private int _unread;

    /// <summary>
    /// Ends with a terminating error, after all output, when there is a finding of this severity or above.
    /// </summary>
    [Parameter]
    public SecretSeverity FailOn { get; set; } = SecretSeverity.Error;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _redactor = BeginRun();

    /// <inheritdoc/>
    protected override void Process(Cassette cassette) => Tell(_redactor!.Find(cassette, StopToken));

    /// <inheritdoc/>
    protected override void ProcessPaths()
    {
        foreach (
            var (_, findings) in CassetteLoader.Load(
                Reports,
                Paths,
                Recurse,
                (cassette, _) => _redactor!.Find(cassette, StopToken),
                StopToken,
                anyText: true
            )
        )
        {
            Tell(findings);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_findings + _unread > 0 && IsBound(nameof(FailOn)))
        {
            Fail(Errors.SecretsFound(_findings, FailOn, _unread));
        }
    }

    /// <summary>What could not be looked through may hold anything.</summary>
    /// <param name="problem">The error.</param>
    protected override void WriteItemError(ErrorRecord problem)
    {
        _unread++;
        WriteError(problem);
    }

    private void Tell(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            _findings += finding.Severity >= FailOn ? 1 : 0;
            WriteObject(finding);
        }
    }
}
