namespace OpenAICassette.Hosting;

/// <summary>
/// The process's variables by which clients find a server. They belong to the whole process, so only one server at a time may set them;
/// a second one would let requests be answered from the wrong cassettes.
/// </summary>
internal sealed class ClientEnvironment
{
    private const string NoProxy = "NO_PROXY";
    private const string Key = "OPENAI_API_KEY";

    private static readonly Lock s_lock = new();
    private static ClientEnvironment? s_current;

    private readonly Dictionary<string, string?> _before = [];

    private ClientEnvironment(CassetteServer server)
    {
        Server = server;
    }

    /// <summary>The server that the variables lead to.</summary>
    public CassetteServer Server { get; }

    /// <summary>Sets the variables.</summary>
    /// <param name="server">The server.</param>
    /// <param name="keepsKey">True to leave a key that is there, because the real service is to be asked.</param>
    /// <returns>False when those of another server are set.</returns>
    public static bool TryEnter(CassetteServer server, bool keepsKey)
    {
        lock (s_lock)
        {
            if (s_current is not null)
            {
                return false;
            }

            s_current = new ClientEnvironment(server);
            foreach (var (name, value) in server.ClientVariables)
            {
                var before = Environment.GetEnvironmentVariable(name);
                s_current._before[name] = before;
                var isKept = name == Key && keepsKey && !string.IsNullOrEmpty(before);
                Environment.SetEnvironmentVariable(name, isKept ? before : name == NoProxy && !string.IsNullOrEmpty(before) ? $"{before},{value}" : value);
            }

            return true;
        }
    }

    /// <summary>Gives the variables the values that they had before, if this server set them.</summary>
    public static void Leave(CassetteServer server)
    {
        lock (s_lock)
        {
            if (!ReferenceEquals(s_current?.Server, server))
            {
                return;
            }

            foreach (var (name, value) in s_current!._before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            s_current = null;
        }
    }
}
