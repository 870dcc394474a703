using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Scrubbing;

namespace OpenAICassette.Commands;

/// <summary><c>Find-CassetteSecret</c>: finds secrets in cassettes and other texts.</summary>
[Cmdlet(VerbsCommon.Find, "CassetteSecret", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Finding))]
public sealed class FindCassetteSecretCommand : SecretCommand
{
    private int _findings;
    private int _unread;

    /// <summary>
    /// Ends with a terminating error, after all output, if there is a finding of this severity or above.
    /// </summary>
    [Parameter]
    public SecretSeverity FailOn { get; set; } = SecretSeverity.Error;

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        Scrub = new CorpusScrub(BeginRun(), new ScrubOptions { IsDryRun = true });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_findings + _unread > 0 && IsBound(nameof(FailOn)))
        {
            Fail(FindingErrors.SecretsFound(_findings, FailOn, _unread));
        }
    }

    /// <summary>Counts the error: an input that could not be searched may contain secrets.</summary>
    /// <param name="problem">The error.</param>
    protected override void WriteItemError(ErrorRecord problem)
    {
        _unread++;
        WriteError(problem);
    }

    private protected override void Write(ScrubResult result)
    {
        foreach (var finding in result.Findings)
        {
            _findings += finding.Severity >= FailOn ? 1 : 0;
            WriteObject(finding);
        }
    }
}
