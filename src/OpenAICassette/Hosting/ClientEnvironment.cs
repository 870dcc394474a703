namespace OpenAICassette.Hosting;

/// <summary>Specifies whether the environment variables of the process could be set for a server.</summary>
internal enum EnvironmentClaim
{
    /// <summary>They point to the server.</summary>
    Set,

    /// <summary>They point to another server of the same runspace.</summary>
    Taken,

    /// <summary>They point to a server of a runspace that runs at the same time.</summary>
    TakenByOtherRunspace,
}

/// <summary>
/// Sets the environment variables by which clients find a server, and restores their previous values.
/// </summary>
internal sealed class ClientEnvironment
{
    private const string NoProxy = "NO_PROXY";
    private const string Key = "OPENAI_API_KEY";

    private readonly Dictionary<string, string?> _before = [];

    /// <summary>Sets the variables.</summary>
    /// <param name="server">The server.</param>
    /// <param name="keepsKey">True to keep an existing key, because requests go to the real service.</param>
    /// <param name="runspace">The runspace that sets them.</param>
    public ClientEnvironment(CassetteServer server, bool keepsKey, Guid runspace)
    {
        Server = server;
        Runspace = runspace;
        foreach (var (name, value) in server.ClientVariables)
        {
            var before = Environment.GetEnvironmentVariable(name);
            _before[name] = before;
            var isKept = name == Key && keepsKey && !string.IsNullOrEmpty(before);
            Environment.SetEnvironmentVariable(
                name,
                isKept ? before
                    : name == NoProxy && !string.IsNullOrEmpty(before) ? $"{before},{value}"
                    : value
            );
        }
    }

    /// <summary>Gets the server that the variables point to.</summary>
    public CassetteServer Server { get; }

    /// <summary>The runspace that set the variables.</summary>
    public Guid Runspace { get; }

    /// <summary>Returns the previous value of a variable.</summary>
    public string? Original(string name) =>
        _before.TryGetValue(name, out var before) ? before : Environment.GetEnvironmentVariable(name);

    /// <summary>Restores the previous values of the variables.</summary>
    /// <param name="inner">The server that set them after this one and will restore them; null if there is none.</param>
    public void Restore(ClientEnvironment? inner)
    {
        foreach (var (name, value) in _before)
        {
            if (inner is null)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
            else
            {
                inner._before[name] = value;
            }
        }
    }
}
