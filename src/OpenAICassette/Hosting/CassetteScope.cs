using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>
/// Represents the active cassette of a runspace: the session, the redirected commands and the variable with the
/// session.
/// </summary>
internal sealed class CassetteScope
{
    private const string Variable = "Cassette";

    /// <summary>The commands that the cassette answers, whatever the host.</summary>
    private static readonly string[] s_redirected = ["Invoke-RestMethod", "Invoke-WebRequest"];

    private readonly Dictionary<string, object?> _aliases = [];
    private readonly SessionState _state;
    private readonly PSVariable? _before;
    private readonly HashSet<int> _warned = [];
    private bool _isLeft;

    /// <summary>Activates a cassette.</summary>
    /// <param name="session">The session.</param>
    /// <param name="state">The session state of the caller.</param>
    /// <param name="redirects">True to redirect commands to the cassette.</param>
    public CassetteScope(CassetteSession session, SessionState state, bool redirects)
    {
        Session = session;
        _state = state;
        _before = state.PSVariable.Get(Variable);
        state.PSVariable.Set(Variable, session);
        RunningServers.Enter(this);
        foreach (var command in redirects ? s_redirected : [])
        {
            _aliases[command] = SetAlias(command, $@"OpenAICassette\{Commands.InvokeCassetteRequestCommand.Name}");
        }
    }

    /// <summary>The session.</summary>
    public CassetteSession Session { get; }

    /// <summary>Gets the runspace in which it is active.</summary>
    public Guid Runspace { get; } = System.Management.Automation.Runspaces.Runspace.DefaultRunspace.InstanceId;

    /// <summary>Gets whether it stays active until Exit-Cassette.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Gets whether a recording that was not played is an error.</summary>
    public bool RequireAllUsed { get; init; }

    /// <summary>Warns once about each request that should have been recorded and was not.</summary>
    /// <param name="warn">Receives the warning.</param>
    public void WarnLost(Action<string> warn)
    {
        foreach (var request in Session.Lost.Where(request => _warned.Add(request.Number)))
        {
            warn(request.LossMessage);
        }
    }

    /// <summary>
    /// Reports requests that were missed or not recorded, and recordings that should have been played.
    /// </summary>
    /// <param name="fail">Receives the error.</param>
    /// <param name="cause">The error that ended the work, which may come from a miss; null if there is none.</param>
    public void Check(Action<ErrorRecord> fail, Exception? cause = null) =>
        SessionErrors.Check(Session, RequireAllUsed, fail, cause);

    /// <summary>Deactivates the cassette and restores everything, whatever happened in between.</summary>
    public void Leave()
    {
        if (_isLeft)
        {
            return;
        }

        _isLeft = true;
        RunningServers.Leave(this);
        foreach (var (command, before) in _aliases)
        {
            SetAlias(command, before);
        }

        if (_before is null)
        {
            _state.PSVariable.Remove(Variable);
        }
        else
        {
            _state.PSVariable.Set(Variable, _before.Value);
        }

        Session.Server.Stop();
    }

    /// <summary>Sets or removes a global alias, which also applies to modules.</summary>
    /// <returns>The previous value; null if there was none.</returns>
    private static object? SetAlias(string name, object? target)
    {
        const string script = """
            param($name, $target)
            Get-Alias -Name $name -Scope Global -ErrorAction Ignore | ForEach-Object -MemberName Definition
            if ($target) { Set-Alias -Name $name -Value $target -Scope Global -Force }
            else { Remove-Alias -Name $name -Scope Global -Force -ErrorAction Ignore }
            """;
        // This needs its own pipeline, because that of the cmdlet runs nothing more after Ctrl+C.
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell
            .AddScript(script, useLocalScope: true)
            .AddArgument(name)
            .AddArgument(target)
            .Invoke()
            .FirstOrDefault()
            ?.BaseObject;
    }
}
