using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Scrubbing;

namespace OpenAICassette.Commands;

/// <summary><c>Find-CassetteSecret</c>: finds secrets in cassettes and other texts.</summary>
[Cmdlet(VerbsCommon.Find, "CassetteSecret", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Finding))]
public sealed class FindCassetteSecretCommand : SecretCommand
{
    private int _findings;
    private int _unread;
    private BaselineRun? _baseline;
    private Redactor? _redactor;

    /// <summary>
    /// Ends with a terminating error, after all output, if there is a finding of this severity or above.
    /// </summary>
    [Parameter]
    public SecretSeverity FailOn { get; set; } = SecretSeverity.Error;

    /// <summary>A file with known secrets, which are counted but not returned and do not fail.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Baseline { get; set; }

    /// <summary>Writes the secrets of this run to the baseline, as salted hashes, and keeps its reasons.</summary>
    [Parameter]
    public SwitchParameter UpdateBaseline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _baseline = BaselineRun.Begin(this, Baseline, UpdateBaseline, ofSecrets: true);
        _redactor = BeginRun();
        _redactor.Hash = _baseline?.Hash;
        Scrub = new CorpusScrub(_redactor, new ScrubOptions { IsDryRun = true });
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _baseline?.End(_redactor!.Uses);
        if (UpdateBaseline)
        {
            _findings = 0;
        }

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
            if (_baseline?.IsKnown(finding) == true)
            {
                continue;
            }

            _findings += finding.Severity >= FailOn ? 1 : 0;
            WriteObject(finding);
        }

        _baseline?.Checked(result.Original.Path ?? result.Original.Name);
    }
}
