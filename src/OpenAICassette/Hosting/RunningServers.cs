using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OpenAICassette.Capture;

namespace OpenAICassette.Hosting;

/// <summary>
/// Holds what belongs to the whole process: the running servers, whose environment variables are set, which cassettes
/// are active, and which recordings were played. Servers stop when the module is removed or the process ends.
/// </summary>
public sealed class RunningServers : IModuleAssemblyCleanup
{
    private static readonly Lock s_lock = new();
    private static readonly List<CassetteServer> s_servers = [];
    private static readonly List<CassetteScope> s_scopes = [];
    private static readonly HashSet<string> s_played = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, WeakReference<object>> s_names = new(StringComparer.OrdinalIgnoreCase);
    private static readonly List<ClientEnvironment> s_environments = [];
    private static bool s_hasWarned;

    static RunningServers() => OpenSessions.AddOwner(() => Runspace.DefaultRunspace is null ? null : CurrentRunspace);

    /// <summary>Gets the id of the runspace whose code runs on this thread.</summary>
    internal static Guid CurrentRunspace => Runspace.DefaultRunspace.InstanceId;

    /// <summary>Gets the servers in the order in which they were started.</summary>
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

    /// <summary>Adds a server until it stops.</summary>
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
    /// <param name="nests">True to set them although another server of the runspace has, until this one stops.</param>
    /// <returns>Whether the variables now point to this server, or already pointed to another one.</returns>
    internal static EnvironmentClaim TrySetEnvironment(CassetteSession session, bool nests = false)
    {
        var runspace = Runspace.DefaultRunspace.InstanceId;
        lock (s_lock)
        {
            var isOwn = s_environments.TrueForAll(taken => taken.Runspace == runspace);
            if (s_environments.Count > 0 && !(isOwn && nests))
            {
                return isOwn ? EnvironmentClaim.Taken : EnvironmentClaim.TakenByOtherRunspace;
            }

            s_environments.Add(
                new ClientEnvironment(session.Server, keepsKey: session.Mode != RecordMode.None, runspace)
            );
            return EnvironmentClaim.Set;
        }
    }

    /// <summary>Returns true once in this process, for what needs to be said only once.</summary>
    internal static bool IsFirstSharedEnvironment() => !Interlocked.Exchange(ref s_hasWarned, true);

    /// <summary>Returns the value of a variable before a server set it.</summary>
    internal static string? OriginalVariable(string name)
    {
        lock (s_lock)
        {
            return s_environments.Count == 0
                ? Environment.GetEnvironmentVariable(name)
                : s_environments[0].Original(name);
        }
    }

    /// <summary>Activates a cassette in a runspace.</summary>
    internal static void Enter(CassetteScope scope)
    {
        lock (s_lock)
        {
            s_scopes.Add(scope);
        }
    }

    /// <summary>Deactivates a cassette.</summary>
    internal static void Leave(CassetteScope scope)
    {
        lock (s_lock)
        {
            s_scopes.Remove(scope);
        }
    }

    /// <summary>Returns the cassette that was activated last in a runspace; null if there is none.</summary>
    internal static CassetteScope? Current(Guid runspace)
    {
        lock (s_lock)
        {
            return s_scopes.FindLast(scope => scope.Runspace == runspace);
        }
    }

    /// <summary>Records which test uses the cassette with a path.</summary>
    /// <returns>False if it belongs to another test that is running, or ran in the same run.</returns>
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

    /// <summary>Returns whether a server of this process has played the recording in a file.</summary>
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
            var index = s_environments.FindIndex(environment => environment.Server == server);
            if (index >= 0)
            {
                var inner = index + 1 < s_environments.Count ? s_environments[index + 1] : null;
                s_environments[index].Restore(inner);
                s_environments.RemoveAt(index);
            }
        }
    }

    private static IEnumerable<string> Played(CassetteServer server) =>
        server.Played.Select(interaction => interaction.Cassette.Path).OfType<string>();
}
