using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Exit-Cassette</c>: ends the use of the last cassette of <c>Enter-Cassette</c>.</summary>
[Cmdlet(VerbsCommon.Exit, "Cassette")]
[OutputType(typeof(void))]
public sealed class ExitCassetteCommand : CassetteCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var scope = RunningServers.Current(Runspace.DefaultRunspace.InstanceId);
        if (scope is not { IsOpen: true })
        {
            ThrowTerminatingError(SessionErrors.NotEntered(isInBlock: scope is not null));
            return;
        }

        scope.Leave();
        scope.WarnLost(WriteWarning);
        scope.WarnUnasked(WriteWarning);
        scope.Check(ThrowTerminatingError);
    }
}
