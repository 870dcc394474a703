using System.Management.Automation;
using OpenAICassette.Formats;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Remove-CassetteSecret</c>: takes secrets out, in memory or in files.</summary>
[Cmdlet(VerbsCommon.Remove, "CassetteSecret", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Cassette))]
public sealed class RemoveCassetteSecretCommand : SecretCommand
{
    private Redactor? _redactor;
    private bool _isAnnounced;
    private CassetteDestination? _destination;
    private int _unsaved;

    /// <summary>Replaces the files that hold secrets.</summary>
    [Parameter]
    public SwitchParameter InPlace { get; set; }

    /// <summary>
    /// A folder to write every cassette to, changed or not, or a file with an extension for a single one; folders are
    /// made if need be.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>
    /// Gives the written cassettes too; without <see cref="InPlace"/> and <see cref="Destination"/> they are always
    /// given.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Makes placeholders end in a hash with this salt, so that every run gives a value the same one.
    /// </summary>
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

        _redactor = BeginRun(Salt);
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
            WriteWarning(
                $"{_unsaved} secret{(_unsaved == 1 ? " was" : "s were")} removed from the objects, but the file is unchanged. Use -InPlace or -Destination to write the result."
            );
        }
    }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette) => Process(cassette, _redactor!.Redact(cassette, StopToken));

    /// <summary>
    /// Looks through all files on all cores; those with secrets are few, and are numbered one by one in path order.
    /// </summary>
    protected override void ProcessPaths()
    {
        foreach (
            var (cassette, findings) in CassetteLoader.Load(
                Reports,
                Paths,
                Recurse,
                (cassette, _) => _redactor!.Find(cassette, StopToken),
                StopToken,
                anyText: true
            )
        )
        {
            ForItem(cassette, () =>
            {
                if (findings.Count > 0)
                {
                    Announce();
                }

                Process(
                    cassette,
                    findings.Count > 0
                        ? _redactor!.Redact(cassette, StopToken)
                        : new RedactionResult(cassette, findings)
                );
            });
        }
    }

    /// <summary>Before the first placeholder is given: no file of the run may hold it already.</summary>
    private void Announce()
    {
        if (!_isAnnounced)
        {
            _isAnnounced = true;
            foreach (
                var other in CassetteLoader.Load(new(_ => { }, _ => { }), Paths, Recurse, StopToken, anyText: true)
            )
            {
                ForItem(other, () => _redactor!.Announce(other, StopToken));
            }
        }
    }

    private void Process(Cassette cassette, RedactionResult result)
    {
        foreach (var finding in result.Findings)
        {
            WriteVerbose($"{finding}, {finding.Preview} becomes {finding.Placeholder}");
        }

        var losesKey = result.LosesKey(cassette);
        if (losesKey && !UpdateKey)
        {
            WriteWarning(
                $"{cassette.Name}: the request changed, so the file is no longer named by its key and a recorder will not find it. Use -UpdateKey to rename it."
            );
        }

        if (_destination is { } destination)
        {
            Save(result, destination.TargetOf(cassette), () =>
                Named(destination.Write(result.Cassette, StopToken), losesKey)
            );
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
            Save(result, path, () => Named(CassetteStore.Replace(cassette, result.Cassette, StopToken), losesKey));
        }
    }

    private Cassette Named(Cassette saved, bool losesKey) =>
        UpdateKey && losesKey ? CassetteRepair.UpdateKey(saved, StopToken) : saved;

    private void Save(RedactionResult result, string path, Func<Cassette> save)
    {
        if (
            ShouldProcess(
                path,
                result.Findings.Count switch
                {
                    0 => "Copy",
                    1 => "Write with 1 secret removed",
                    var count => $"Write with {count} secrets removed",
                }
            )
        )
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
