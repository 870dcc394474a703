using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Represents the active cassette of a runspace: the session and the variable with it.</summary>
internal sealed class CassetteScope
{
    private const string Variable = "Cassette";

    private readonly SessionState _state;
    private readonly bool _hadVariable;
    private readonly object? _before;
    private readonly LossWarnings _warnings;
    private bool _isLeft;

    /// <summary>Activates a cassette.</summary>
    /// <param name="session">The session.</param>
    /// <param name="state">The session state of the caller.</param>
    /// <param name="warnings">The warnings so far.</param>
    public CassetteScope(CassetteSession session, SessionState state, LossWarnings warnings)
    {
        _warnings = warnings;
        Session = session;
        _state = state;
        var before = state.PSVariable.Get(Variable);

        // The variable of an outer cassette is changed by this one, so only its value tells what it was.
        (_hadVariable, _before) = (before is not null, before?.Value);
        state.PSVariable.Set(Variable, session);
        RunningServers.Enter(this);
    }

    /// <summary>The session.</summary>
    public CassetteSession Session { get; }

    /// <summary>Gets the runspace in which it is active.</summary>
    public Guid Runspace { get; } = System.Management.Automation.Runspaces.Runspace.DefaultRunspace.InstanceId;

    /// <summary>Gets whether it stays active until Exit-Cassette.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Gets whether a recording that was not played is an error.</summary>
    public bool RequireAllUsed { get; init; }

    /// <summary>Warns of the requests that should have been recorded and were not, if nothing has done so.</summary>
    /// <param name="warn">Receives the warning.</param>
    public void WarnLost(Action<string> warn)
    {
        foreach (var request in Session.Lost.Where(request => !_warnings.IsTold(request)))
        {
            warn(request.LossMessage);
        }
    }

    /// <summary>Warns if nothing was asked although nothing is recorded: the requests may have gone elsewhere.</summary>
    /// <param name="warn">Receives the warning.</param>
    public void WarnUnasked(Action<string> warn)
    {
        if (Session.Server.RequestCount == 0 && Session.Mode == RecordMode.None)
        {
            warn($"No request reached the cassette {Session.Path}. {Session.HowToRecord}");
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
        Session.Release();
        if (_hadVariable)
        {
            _state.PSVariable.Set(Variable, _before);
        }
        else
        {
            _state.PSVariable.Remove(Variable);
        }

        Session.Server.Stop();
    }
}
