using System.Management.Automation;
using OpenAICassette.Formats;
using OpenAICassette.Hosting;
using OpenAICassette.Redaction;

namespace OpenAICassette.Commands;

/// <summary><c>Remove-CassetteSecret</c>: takes secrets out, in memory or in files.</summary>
[Cmdlet(VerbsCommon.Remove, "CassetteSecret", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Cassette))]
public sealed class RemoveCassetteSecretCommand : CassetteInputCommand
{
    private readonly Redactor _redactor = new();
    private CassetteDestination? _destination;
    private int _unsaved;

    /// <summary>Replaces the files that hold secrets.</summary>
    [Parameter]
    public SwitchParameter InPlace { get; set; }

    /// <summary>A folder to write every cassette to, changed or not, or a file with an extension for a single one; folders are made if need be.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Gives the written cassettes too; without <see cref="InPlace"/> and <see cref="Destination"/> they are always given.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (InPlace && Destination is not null)
        {
            ThrowTerminatingError(Errors.InPlaceAndDestination());
        }

        if (Destination is not null)
        {
            _destination = CassetteDestination.Of(PathResolver.ResolveDestination(this, Destination));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_unsaved > 0 && MyInvocation.PipelinePosition == MyInvocation.PipelineLength)
        {
            WriteWarning($"{_unsaved} secret{(_unsaved == 1 ? " was" : "s were")} removed from the objects; file unchanged; use -InPlace or -Destination");
        }
    }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var result = _redactor.Redact(cassette, StopToken);
        foreach (var finding in result.Findings)
        {
            WriteVerbose(finding.ToString());
        }

        if (_destination is { } destination)
        {
            Save(result, destination.TargetOf(cassette), () => destination.Write(result.Cassette, StopToken));
        }
        else if (!InPlace)
        {
            _unsaved += result.Findings.Count;
            WriteObject(result.Cassette);
        }
        else if ((cassette.Path ?? cassette.SourcePath) is not { } path)
        {
            WriteError(Errors.NoFile(cassette));
        }
        else if (result.Cassette.Saved)
        {
            PassOn(result.Cassette);
        }
        else
        {
            Save(result, path, () => CassetteStore.Replace(cassette, result.Cassette, StopToken));
        }
    }

    private void Save(RedactionResult result, string path, Func<Cassette> save)
    {
        if (ShouldProcess(path, result.Findings.Count switch
        {
            0 => "Copy",
            1 => "Write with 1 secret removed",
            var count => $"Write with {count} secrets removed",
        }))
        {
            PassOn(save());
        }
    }

    private void PassOn(Cassette saved)
    {
        if (PassThru)
        {
            WriteObject(saved);
        }
    }
}
