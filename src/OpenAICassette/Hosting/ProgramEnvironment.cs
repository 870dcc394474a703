namespace OpenAICassette.Hosting;

/// <summary>
/// Sets environment variables of the process for a while and restores their previous values. Only one at a time can do
/// so, because another process reads them when it starts.
/// </summary>
internal sealed class ProgramEnvironment : IDisposable
{
    private static int s_isInUse;

    private readonly Dictionary<string, string?> _before = [];

    private ProgramEnvironment(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Sets variables.</summary>
    /// <param name="variables">The variables.</param>
    /// <returns>Null if another one has set its variables.</returns>
    public static ProgramEnvironment? TrySet(IReadOnlyDictionary<string, string> variables) =>
        Interlocked.CompareExchange(ref s_isInUse, 1, 0) == 0 ? new ProgramEnvironment(variables) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _before.Clear();
        Interlocked.Exchange(ref s_isInUse, 0);
    }
}
