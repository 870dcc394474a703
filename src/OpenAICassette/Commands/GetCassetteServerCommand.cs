using System.Management.Automation;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Get-CassetteServer</c>: returns the servers that run in this process.</summary>
[Cmdlet(VerbsCommon.Get, "CassetteServer")]
[OutputType(typeof(CassetteServer))]
public sealed class GetCassetteServerCommand : CassetteCmdlet
{
    /// <summary>Only the server on one of these ports.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(PortCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? Port { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var servers = RunningServers.All;
        WriteObject(servers.Where(server => Port is null || Port.Contains(server.Port)), enumerateCollection: true);
        foreach (var port in Port?.Where(port => !servers.Any(server => server.Port == port)) ?? [])
        {
            WriteError(ServerErrors.NoServer(port));
        }
    }
}
