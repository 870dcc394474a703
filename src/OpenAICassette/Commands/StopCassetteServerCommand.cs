using System.Management.Automation;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Stop-CassetteServer</c>: stops servers and reports the requests that no recording answered.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CassetteServer", SupportsShouldProcess = true, DefaultParameterSetName = ServerSet)]
[OutputType(typeof(void))]
public sealed class StopCassetteServerCommand : CassetteCmdlet
{
    private const string ServerSet = "Server";
    private const string AllSet = "All";
    private const int MostTold = 5;

    /// <summary>The servers, normally from the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ServerSet)]
    [ValidateNotNull]
    public CassetteServer[] Server { get; set; } = [];

    /// <summary>All servers that run in this process.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in ParameterSetName == AllSet ? RunningServers.All : Server)
        {
            if (server.IsRunning && ShouldProcess(server.Uri.ToString()))
            {
                server.Stop();
                Tell(server);
            }
        }
    }

    private void Tell(CassetteServer server)
    {
        foreach (var miss in server.Requests.Select(request => request.Miss).OfType<MissReport>().Take(MostTold))
        {
            WriteWarning(miss.ToString());
        }

        if (server.MissCount > MostTold)
        {
            WriteWarning($"{server.MissCount - MostTold} more requests were missed; see the Requests of the server.");
        }

        foreach (var lost in server.Requests.Where(request => request.IsLost).Take(MostTold))
        {
            WriteWarning(lost.LossMessage);
        }

        if (server.LostCount > MostTold)
        {
            WriteWarning(
                $"{server.LostCount - MostTold} more requests were not recorded; see the Requests of the server."
            );
        }
    }
}
