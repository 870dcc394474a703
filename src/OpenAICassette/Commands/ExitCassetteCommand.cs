using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Exit-Cassette</c>: takes the cassette out of use that <c>Enter-Cassette</c> took last.</summary>
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
        scope.Check(ThrowTerminatingError);
    }
}
