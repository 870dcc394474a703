using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Conversion;
using OpenAICassette.Formats;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Export-Cassette</c>: writes cassettes in a format.</summary>
[Cmdlet(VerbsData.Export, "Cassette", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(Cassette))]
public sealed class ExportCassetteCommand : CassetteInputCommand
{
    private CassetteDestination? _destination;
    private ConversionRun? _run;

    /// <summary>
    /// The format to write, as the program of the format lays it out. By default, each cassette keeps its format, and
    /// text that is not a cassette is written unchanged.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(WritableFormatCompleter))]
    [ValidateFormat(Writable = true)]
    public string? Format { get; set; }

    /// <summary>
    /// A folder for the cassettes, or a file with an extension for a single one. Folders are created if necessary.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Writes each interaction to a file of its own.</summary>
    [Parameter]
    public SwitchParameter Split { get; set; }

    /// <summary>Writes all interactions to one file, which is the destination.</summary>
    [Parameter]
    public SwitchParameter Join { get; set; }

    /// <summary>Also returns the written cassettes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _destination = CassetteDestination.Of(PathResolver.ResolveDestination(this, Destination));
        if (Join && Split)
        {
            ThrowTerminatingError(
                Errors.JoinNotPossible("-Join and -Split cannot be used together. Specify only one of them.")
            );
        }

        if (Join && _destination.IsFolder)
        {
            ThrowTerminatingError(
                Errors.JoinNotPossible($"-Join requires -Destination to be a file, and '{Destination}' is a folder.")
            );
        }

        _run = new ConversionRun(_destination, Format, Split);
    }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette)
    {
        if (Join)
        {
            _run!.Take(cassette);
            return;
        }

        if (ShouldProcess(_destination!.TargetOf(cassette), Format is null ? "Write" : $"Write as {Format}"))
        {
            Return(_run!.Write(cassette, StopToken));
        }
    }

    /// <inheritdoc/>
    protected override bool TryProcess(object input)
    {
        if (input is not Interaction interaction)
        {
            return false;
        }

        var cassette = interaction.Cassette;
        if (Join)
        {
            _run!.Take(cassette.Only(interaction.Index));
        }
        else if (ShouldProcess($"{cassette.Name}, interaction {interaction.Index}", $"Write as {Format}"))
        {
            Return(_run!.Write(cassette, interaction.Index, StopToken));
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        var target = System.IO.Path.GetFileName(Destination);
        if (Join && ShouldProcess(Destination, Format is null ? "Write" : $"Write as {Format}"))
        {
            var meter = Measure(() => _run!.Taken);
            ForItem(Destination, () =>
                Return(_run!.WriteJoined(target, meter.Add, StopToken) is { } written ? [written] : [])
            );
            EndProgress();
        }

        if (_run?.Warning is { } warning)
        {
            WriteWarning(warning);
        }
    }

    private void Return(IReadOnlyList<Cassette> written)
    {
        if (PassThru)
        {
            WriteObject(written, enumerateCollection: true);
        }
    }
}
