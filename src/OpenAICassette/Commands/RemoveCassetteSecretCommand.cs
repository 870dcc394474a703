using System.Management.Automation;
using OpenAICassette.Formats;
using OpenAICassette.Hosting;
using OpenAICassette.Scrubbing;

namespace OpenAICassette.Commands;

/// <summary><c>Remove-CassetteSecret</c>: removes secrets, in memory or in files.</summary>
[Cmdlet(VerbsCommon.Remove, "CassetteSecret", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Cassette))]
public sealed class RemoveCassetteSecretCommand : SecretCommand
{
    private int _unsaved;

    /// <summary>Replaces the files that contain secrets.</summary>
    [Parameter]
    public SwitchParameter InPlace { get; set; }

    /// <summary>
    /// A folder for all cassettes, changed or not, or a file with an extension for a single one. Folders are created if
    /// necessary.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>
    /// Also returns the written cassettes; without <see cref="InPlace"/> and <see cref="Destination"/> they are always
    /// returned.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Adds a hash with this salt to placeholders, so that a value gets the same one in every run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Salt { get; set; }

    /// <summary>Renames a recording whose request changed to the key of the changed request.</summary>
    [Parameter]
    public SwitchParameter UpdateKey { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (UpdateKey && !InPlace && Destination is null)
        {
            ThrowTerminatingError(Errors.UpdateKeyWithoutFile());
        }

        var redactor = BeginRun(Salt);
        if (InPlace && Destination is not null)
        {
            ThrowTerminatingError(Errors.InPlaceAndDestination());
        }

        ProgressMeter? reading = null;
        Scrub = new CorpusScrub(
            redactor,
            new ScrubOptions
            {
                InPlace = InPlace,
                Destination = Destination is null
                    ? null
                    : CassetteDestination.Of(PathResolver.ResolveDestination(this, Destination)),
                UpdateKey = UpdateKey,
                Corpus = Texts,
                Reading = () => (reading ??= Measure(Texts.Count)).Add(),
                Approve = Approve,
            }
        );
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_unsaved > 0 && MyInvocation.PipelinePosition == MyInvocation.PipelineLength)
        {
            WriteWarning(
                $"{_unsaved} secret{(_unsaved == 1 ? " was" : "s were")} removed from the objects, but the file is "
                    + "unchanged. Use -InPlace or -Destination to write the result."
            );
        }
    }

    private protected override void Write(ScrubResult result)
    {
        if (!InPlace && Destination is null)
        {
            _unsaved += result.Findings.Count;
            WriteObject(result.Clean);
        }
        else if (result.Target is null)
        {
            WriteError(Errors.NoFile(result.Original));
        }
        else if (PassThru && result.Saved is { } saved)
        {
            WriteObject(saved);
        }
    }

    /// <summary>Shows what is replaced in a cassette, and asks for confirmation.</summary>
    private bool Approve(ScrubResult planned)
    {
        foreach (var finding in planned.Findings)
        {
            WriteVerbose($"{finding}, {finding.Preview} becomes {finding.Placeholder}");
        }

        if (planned.LosesKey && !UpdateKey)
        {
            WriteWarning(
                $"{planned.Original.Name}: the request changed, so the file is no longer named by its key and a "
                    + "recorder will not find it. Use -UpdateKey to rename it."
            );
        }

        var isToWrite = planned is { Target: not null, Saved: null };
        return isToWrite && ShouldProcess(planned.Target, ActionOf(planned.Findings.Count));
    }

    private static string ActionOf(int secrets) =>
        secrets switch
        {
            0 => "Copy",
            1 => "Write with 1 secret removed",
            _ => $"Write with {secrets} secrets removed",
        };
}
