using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Use-Cassette</c>: runs a script block whose requests are answered from a cassette.</summary>
[Cmdlet(VerbsOther.Use, "Cassette", DefaultParameterSetName = NameSet)]
[OutputType(typeof(object))]
public sealed class UseCassetteCommand : CassetteScopeCommand
{
    /// <summary>
    /// The script block. It runs in the scope of the caller, with the cassette in the variable $Cassette.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>The file or folder of the recordings, instead of that of the running test.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Alias("LiteralPath", "LP")]
    [CassettePath(Literal = true)]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var scope = Enter(Path, isOpen: false);
        try
        {
            Run(scope.Session);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            // Code that receives an error from a miss may fail with an unrelated error.
            scope.Leave();
            scope.WarnLost(WriteWarning);
            scope.Check(ThrowTerminatingError, e);
            throw;
        }
        finally
        {
            scope.Leave();
        }

        scope.WarnLost(WriteWarning);
        scope.WarnUnasked(WriteWarning);
        scope.Check(ThrowTerminatingError);
    }

    /// <summary>
    /// Runs the block in the scope of the caller: its output is written as it comes, and its variables stay.
    /// </summary>
    private void Run(CassetteSession session)
    {
        RunInPlace("param($block, $session) . $block $session", ScriptBlock, session);
    }
}
