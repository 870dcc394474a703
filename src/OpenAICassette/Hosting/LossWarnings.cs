using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace OpenAICassette.Hosting;

/// <summary>
/// Warns of requests that could not be recorded as soon as that is known. No cmdlet of this module runs then, so the
/// host shows the warning.
/// </summary>
internal sealed class LossWarnings
{
    private readonly ConcurrentDictionary<int, byte> _told = new();
    private readonly PSHostUserInterface? _host;

    private LossWarnings(PSHostUserInterface? host) => _host = host;

    /// <summary>Returns the warnings for a cmdlet; none if its user wants none.</summary>
    public static LossWarnings Of(PSCmdlet cmdlet)
    {
        var isBound = cmdlet.MyInvocation.BoundParameters.TryGetValue("WarningAction", out var action);
        var preference = isBound ? action : cmdlet.SessionState.PSVariable.GetValue("WarningPreference");
        return new LossWarnings($"{preference}" == nameof(ActionPreference.Continue) ? cmdlet.Host.UI : null);
    }

    /// <summary>Receives a request whose answer is known. Can be called on any thread.</summary>
    public void Answering(ReceivedRequest request)
    {
        if (request.IsLost && _host is not null && _told.TryAdd(request.Number, 0))
        {
            _host.WriteWarningLine(request.LossMessage);
        }
    }

    /// <summary>Returns whether the host has shown a warning of a request.</summary>
    public bool IsTold(ReceivedRequest request) => _told.ContainsKey(request.Number);
}
