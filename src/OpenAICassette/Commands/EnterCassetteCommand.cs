using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Enter-Cassette</c>: answers requests from a cassette until <c>Exit-Cassette</c>.</summary>
[Cmdlet(VerbsCommon.Enter, "Cassette", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CassetteSession))]
public sealed class EnterCassetteCommand : CassetteScopeCommand
{
    /// <summary>The file or folder of the recordings, instead of that of the running test or block.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Alias("LiteralPath", "LP")]
    [CassettePath(Literal = true)]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Returns the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var scope = Enter(Path, isOpen: true);
        if (PassThru)
        {
            WriteObject(scope.Session);
        }
    }
}
