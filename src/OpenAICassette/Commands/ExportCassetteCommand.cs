using System.Management.Automation;
using OpenAICassette.Formats;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Export-Cassette</c>: writes cassettes in a format.</summary>
[Cmdlet(VerbsData.Export, "Cassette", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Cassette))]
public sealed class ExportCassetteCommand : CassetteInputCommand
{
    private CassetteDestination? _destination;

    /// <summary>
    /// The format to write; its text is laid out as the program that it belongs to would have. Without it, each
    /// cassette keeps its own, and text that is no cassette is written as it is.
    /// </summary>
    [Parameter]
    [ValidateSet("LlamaStack")]
    public string? Format { get; set; }

    /// <summary>
    /// A folder to write every cassette to, or a file with an extension for a single one; folders are made if need be.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Gives the written cassettes too.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _destination = CassetteDestination.Of(PathResolver.ResolveDestination(this, Destination));

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        if (!ShouldProcess(_destination!.TargetOf(cassette), Format is null ? "Write" : $"Write as {Format}"))
        {
            return;
        }

        var written = _destination.Write(CassetteStore.Convert(cassette, Format, StopToken), StopToken);
        if (PassThru)
        {
            WriteObject(written);
        }
    }
}
