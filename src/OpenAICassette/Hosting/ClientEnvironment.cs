namespace OpenAICassette.Hosting;

/// <summary>The process's variables by which clients find a server, and what they were before.</summary>
internal sealed class ClientEnvironment
{
    private const string NoProxy = "NO_PROXY";
    private const string Key = "OPENAI_API_KEY";

    private readonly Dictionary<string, string?> _before = [];

    /// <summary>Sets the variables.</summary>
    /// <param name="server">The server.</param>
    /// <param name="keepsKey">True to leave a key that is there, because the real service is to be asked.</param>
    public ClientEnvironment(CassetteServer server, bool keepsKey)
    {
        Server = server;
        foreach (var (name, value) in server.ClientVariables)
        {
            var before = Environment.GetEnvironmentVariable(name);
            _before[name] = before;
            var isKept = name == Key && keepsKey && !string.IsNullOrEmpty(before);
            Environment.SetEnvironmentVariable(name, isKept ? before : name == NoProxy && !string.IsNullOrEmpty(before) ? $"{before},{value}" : value);
        }
    }

    /// <summary>The server that the variables lead to.</summary>
    public CassetteServer Server { get; }

    /// <summary>The value that a variable had before.</summary>
    public string? Original(string name) => _before.TryGetValue(name, out var before) ? before : Environment.GetEnvironmentVariable(name);

    /// <summary>Gives the variables the values that they had before.</summary>
    public void Restore()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
