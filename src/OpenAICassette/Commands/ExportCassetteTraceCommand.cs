using System.Management.Automation;
using System.Text;
using OpenAICassette.Formats;
using OpenAICassette.Hosting;
using OpenAICassette.Traces;

namespace OpenAICassette.Commands;

/// <summary><c>Export-CassetteTrace</c>: writes recorded calls as spans for tracing tools.</summary>
[Cmdlet(VerbsData.Export, "CassetteTrace", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCassetteTraceCommand : CassetteInputCommand
{
    private readonly List<Conversation> _conversations = [];
    private string _file = string.Empty;

    /// <summary>The file to write. Its folder is created if necessary.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The form of the traces.</summary>
    [Parameter]
    public TraceOutput As { get; set; }

    /// <summary>The most calls on a line of the file, which is one request to a receiver.</summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int BatchSize { get; set; } = 100;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _file = PathResolver.ResolveDestination(this, Destination);

    /// <inheritdoc/>
    protected override void Process(Cassette cassette) =>
        _conversations.AddRange(cassette.Interactions.Select(ConversationAssembler.Assemble));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_conversations.Count > 0 && ShouldProcess(_file, $"Write traces as {As}"))
        {
            ForItem(_file, Write);
        }
    }

    private void Write()
    {
        var trace = new OtlpTrace(_conversations);
        var lines = string.Concat(trace.Requests(BatchSize).Select(request => request + "\n"));
        AtomicFile.Write(_file, Encoding.UTF8.GetBytes(lines), StopToken);
        WriteVerbose($"{_file}: {trace.Spans} spans");
        WriteObject(new FileInfo(_file));
    }
}
