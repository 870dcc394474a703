using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OpenAICassette.Hosting;

/// <summary>
/// The servers that run in this process, and all else that belongs to the whole process: whose environment variables
/// are set, which cassettes are in use, and which recordings were played. Servers are stopped when the module is
/// removed, and end with the process.
/// </summary>
public sealed class RunningServers : IModuleAssemblyCleanup
{
    private static readonly Lock s_lock = new();
    private static readonly List<CassetteServer> s_servers = [];
    private static readonly List<CassetteScope> s_scopes = [];
    private static readonly HashSet<string> s_played = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, WeakReference<object>> s_names = new(StringComparer.OrdinalIgnoreCase);
    private static ClientEnvironment? s_environment;
    private static bool s_hasWarned;

    /// <summary>The servers, in the order in which they were started.</summary>
    internal static IReadOnlyList<CassetteServer> All
    {
        get
        {
            lock (s_lock)
            {
                return s_servers.ToArray();
            }
        }
    }

    /// <summary>Enters a server, until it stops.</summary>
    internal static void Add(CassetteServer server)
    {
        lock (s_lock)
        {
            s_servers.Add(server);
        }

        server.Stopped += (_, _) => Remove(server);
    }

    /// <summary>Sets the environment variables by which clients find a server, until it stops.</summary>
    /// <param name="session">The session of the server. One that records keeps an existing key.</param>
    /// <returns>Whether the variables lead to this server now, or to another one already.</returns>
    internal static EnvironmentClaim TrySetEnvironment(CassetteSession session)
    {
        var runspace = Runspace.DefaultRunspace.InstanceId;
        lock (s_lock)
        {
            if (s_environment is null)
            {
                s_environment = new ClientEnvironment(
                    session.Server,
                    keepsKey: session.Mode != RecordMode.None,
                    runspace
                );
                return EnvironmentClaim.Set;
            }

            return s_environment.Runspace == runspace ? EnvironmentClaim.Taken : EnvironmentClaim.TakenByOtherRunspace;
        }
    }

    /// <summary>Returns true once in this process, for what needs to be said only once.</summary>
    internal static bool IsFirstSharedEnvironment() => !Interlocked.Exchange(ref s_hasWarned, true);

    /// <summary>The value that a variable had before a server's was set.</summary>
    internal static string? OriginalVariable(string name)
    {
        lock (s_lock)
        {
            return s_environment is null ? Environment.GetEnvironmentVariable(name) : s_environment.Original(name);
        }
    }

    /// <summary>Takes a cassette in use in a runspace.</summary>
    internal static void Enter(CassetteScope scope)
    {
        lock (s_lock)
        {
            s_scopes.Add(scope);
        }
    }

    /// <summary>Takes a cassette out of use.</summary>
    internal static void Leave(CassetteScope scope)
    {
        lock (s_lock)
        {
            s_scopes.Remove(scope);
        }
    }

    /// <summary>The cassette that was last taken in use in a runspace; null for none.</summary>
    internal static CassetteScope? Current(Guid runspace)
    {
        lock (s_lock)
        {
            return s_scopes.FindLast(scope => scope.Runspace == runspace);
        }
    }

    /// <summary>Notes whose cassette a path is.</summary>
    /// <returns>False when it is that of another test, which still runs or ran in the same run.</returns>
    internal static bool TryClaim(string path, object test, Func<object, bool> isSameRun)
    {
        lock (s_lock)
        {
            if (
                s_names.TryGetValue(path, out var known)
                && known.TryGetTarget(out var other)
                && !ReferenceEquals(other, test)
                && isSameRun(other)
            )
            {
                return false;
            }

            s_names[path] = new WeakReference<object>(test);
            return true;
        }
    }

    /// <summary>True when a server of this process has played the recording in a file.</summary>
    internal static bool HasPlayed(string path)
    {
        lock (s_lock)
        {
            return s_played.Contains(path) || s_servers.Exists(server => Played(server).Contains(path));
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        foreach (var server in All)
        {
            server.Stop();
        }
    }

    private static void Remove(CassetteServer server)
    {
        lock (s_lock)
        {
            s_servers.Remove(server);
            s_played.UnionWith(Played(server));
            if (s_environment?.Server == server)
            {
                s_environment.Restore();
                s_environment = null;
            }
        }
    }

    private static IEnumerable<string> Played(CassetteServer server) =>
        server.Played.Select(interaction => interaction.Cassette.Path).OfType<string>();
}
