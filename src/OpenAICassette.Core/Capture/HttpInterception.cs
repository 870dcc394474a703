using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using OpenAICassette.Server;

namespace OpenAICassette.Capture;

/// <summary>
/// Leads the requests of every <see cref="HttpClient"/> to the session that they belong to. .NET hands over a request
/// before it chooses a connection, in the event <c>System.Net.Http.HttpRequestOut.Start</c>, and the answer in the event
/// <c>System.Net.Http.HttpRequestOut.Stop</c>.
/// </summary>
internal sealed class HttpInterception : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Request = "System.Net.Http.HttpRequestOut";
    private const string Start = Request + ".Start";
    private const string Stop = Request + ".Stop";

    /// <summary>The setting that switches the events off, and its variable.</summary>
    private const string Setting = "System.Net.Http.EnableActivityPropagation";
    private const string SettingVariable = "DOTNET_SYSTEM_NET_HTTP_ENABLEACTIVITYPROPAGATION";

    private static readonly Lazy<IDisposable> s_subscription = new(() =>
        DiagnosticListener.AllListeners.Subscribe(new HttpInterception())
    );

    private readonly ConditionalWeakTable<HttpRequestMessage, LedRequest> _led = [];
    private readonly ConcurrentDictionary<(Type, string), PropertyInfo?> _members = new();

    private HttpInterception() { }

    /// <summary>
    /// Makes sure that requests are intercepted. The subscription stays, so that requests that outlive a session are
    /// restored too; without a session it does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The events are switched off in this process.</exception>
    public static void Enable()
    {
        bool? setting = AppContext.TryGetSwitch(Setting, out var isOn) ? isOn : null;
        if (WhyOff(setting, Environment.GetEnvironmentVariable(SettingVariable)) is { } reason)
        {
            throw new InvalidOperationException(
                $"Requests of HttpClient cannot be captured in this process, because {reason}. Remove that setting, or "
                    + "use a CassetteMessageHandler or a CassetteServer."
            );
        }

        _ = s_subscription.Value;
    }

    /// <summary>Returns why the events are switched off; null if they are not.</summary>
    /// <param name="setting">The setting of the program; null if it has none.</param>
    /// <param name="variable">The value of the variable, which counts without a setting; null if it is not set.</param>
    internal static string? WhyOff(bool? setting, string? variable) =>
        setting is { } isOn
            ? isOn
                ? null
                : $"the setting {Setting} is false"
            : variable == "0" || string.Equals(variable, "false", StringComparison.OrdinalIgnoreCase)
                ? $"the variable {SettingVariable} is '{variable}'"
                : null;

    /// <inheritdoc/>
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            value.Subscribe(this, IsWanted);
        }
    }

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not { } payload || Member(payload, "Request") is not HttpRequestMessage request)
        {
            return;
        }

        if (value.Key == Start)
        {
            Lead(request);
        }
        else if (value.Key == Stop && _led.TryGetValue(request, out var led))
        {
            _led.Remove(request);
            led.Restore(Member(payload, "Response") as HttpResponseMessage);
        }
    }

    /// <inheritdoc/>
    public void OnCompleted() { }

    /// <inheritdoc/>
    public void OnError(Exception error) { }

    /// <summary>
    /// Returns whether an event is wanted. .NET asks with the request before it starts an activity for it; a request
    /// that is left alone gets none, and so no field of it.
    /// </summary>
    private static bool IsWanted(string name, object? request, object? other) =>
        name switch
        {
            Start => OpenSessions.Any,
            Stop => true,
            Request => OpenSessions.Any && (request is not HttpRequestMessage message || IsCaptured(message)),
            _ => false,
        };

    private static bool IsCaptured(HttpRequestMessage request) =>
        request.RequestUri is { } address && OpenSessions.Find(address) is not null;

    private void Lead(HttpRequestMessage request)
    {
        if (request.RequestUri is { } address && OpenSessions.Find(address) is { } open)
        {
            _led.AddOrUpdate(request, LedRequest.Lead(request, open.Session, isNamed: !ServerPorts.Has(address)));
        }
    }

    private object? Member(object payload, string name)
    {
        var key = (payload.GetType(), name);
        if (!_members.TryGetValue(key, out var member))
        {
            member = _members[key] = Find(payload, name);
        }

        return member?.GetValue(payload);
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2075",
        Justification = "System.Net.Http keeps the public properties of what it hands to DiagnosticSource.Write."
    )]
    private static PropertyInfo? Find(object payload, string name) => payload.GetType().GetProperty(name);
}
