using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>The servers that run in this process. They are stopped when the module is removed, and end with the process.</summary>
public sealed class RunningServers : IModuleAssemblyCleanup
{
    private static readonly List<CassetteServer> s_servers = [];

    /// <summary>The servers, in the order in which they were started.</summary>
    internal static IReadOnlyList<CassetteServer> All
    {
        get
        {
            lock (s_servers)
            {
                return [.. s_servers];
            }
        }
    }

    /// <summary>Enters a server, until it stops.</summary>
    internal static void Add(CassetteServer server)
    {
        lock (s_servers)
        {
            s_servers.Add(server);
        }

        server.Stopped += (_, _) =>
        {
            ClientEnvironment.Leave(server);
            lock (s_servers)
            {
                s_servers.Remove(server);
            }
        };
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        foreach (var server in All)
        {
            server.Stop();
        }
    }
}
