using System.Collections.Concurrent;

namespace OpenAICassette.Server;

/// <summary>Holds the ports of the running servers of this process, which answer their clients themselves.</summary>
internal static class ServerPorts
{
    private static readonly ConcurrentDictionary<int, byte> s_ports = new();

    /// <summary>Adds a server that has started.</summary>
    public static void Add(int port) => s_ports[port] = 0;

    /// <summary>Removes a server that has stopped.</summary>
    public static void Remove(int port) => s_ports.TryRemove(port, out _);

    /// <summary>Returns whether an address is that of a running server.</summary>
    public static bool Has(Uri address) => address.IsLoopback && s_ports.ContainsKey(address.Port);
}
