namespace OpenAICassette.Hosting;

/// <summary>
/// Sets environment variables of the process for a while and restores their previous values. Programs read them when
/// they start, so one runspace at a time can do so; others wait.
/// </summary>
internal sealed class ProgramEnvironment : IDisposable
{
    private static readonly SemaphoreSlim s_turn = new(1);
    private static volatile string? s_runspace;

    private readonly Dictionary<string, string?> _before = [];

    private ProgramEnvironment() { }

    /// <summary>Waits until no other runspace has set variables.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null if the runspace itself has set variables.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static ProgramEnvironment? Claim(Guid runspace, CancellationToken cancellation)
    {
        var own = runspace.ToString();
        if (s_runspace == own)
        {
            return null;
        }

        s_turn.Wait(cancellation);
        s_runspace = own;
        return new ProgramEnvironment();
    }

    /// <summary>Sets variables.</summary>
    public void Set(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Restores the previous values.</summary>
    public void Restore()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _before.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Restore();
        s_runspace = null;
        s_turn.Release();
    }
}
