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
    /// The format to write, as the program of the format lays it out. By default, each cassette keeps its format, and
    /// text that is not a cassette is written unchanged.
    /// </summary>
    [Parameter]
    [ValidateSet("LlamaStack")]
    public string? Format { get; set; }

    /// <summary>
    /// A folder for the cassettes, or a file with an extension for a single one. Folders are created if necessary.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Also returns the written cassettes.</summary>
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
