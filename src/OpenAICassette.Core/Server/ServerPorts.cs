namespace OpenAICassette.Server;

/// <summary>Holds the ports of the running servers of this process, which answer their clients themselves.</summary>
internal static class ServerPorts
{
    private static int[] s_ports = [];

    /// <summary>Adds a server that has started.</summary>
    public static void Add(int port) => Change(ports => [.. ports, port]);

    /// <summary>Removes a server that has stopped.</summary>
    public static void Remove(int port) => Change(ports => Array.FindAll(ports, other => other != port));

    /// <summary>Returns whether an address is that of a running server.</summary>
    public static bool Has(Uri address) =>
        address.IsLoopback && Array.IndexOf(Volatile.Read(ref s_ports), address.Port) >= 0;

    private static void Change(Func<int[], int[]> change)
    {
        int[] before;
        do
        {
            before = Volatile.Read(ref s_ports);
        } while (Interlocked.CompareExchange(ref s_ports, change(before), before) != before);
    }
}
