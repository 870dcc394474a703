using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary>
/// <c>Invoke-CassetteRequest</c>: sends a request like Invoke-RestMethod, but the active cassette answers, whatever the
/// host. It accepts all parameters of that cmdlet, and changes only the address.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "CassetteRequest", DefaultParameterSetName = "StandardMethod")]
[OutputType(typeof(object))]
public sealed class InvokeCassetteRequestCommand : CassetteCmdlet, IDynamicParameters
{
    /// <summary>The name of the cmdlet.</summary>
    internal const string Name = "Invoke-CassetteRequest";

    private static readonly HashSet<string> s_common = [.. CommonParameters, .. OptionalCommonParameters];

    private readonly RuntimeDefinedParameterDictionary _parameters = [];

    /// <summary>Returns the whole response, as Invoke-WebRequest does.</summary>
    [Parameter]
    public SwitchParameter AsWebRequest { get; set; }

    /// <summary>Replaces Invoke-WebRequest and works like that cmdlet.</summary>
    private bool IsWebRequest =>
        AsWebRequest
        || MyInvocation.InvocationName.Equals("Invoke-WebRequest", StringComparison.OrdinalIgnoreCase)
        || MyInvocation.InvocationName.Equals("iwr", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public object GetDynamicParameters()
    {
        foreach (var (name, metadata) in Real().Parameters.Where(parameter => !s_common.Contains(parameter.Key)))
        {
            _parameters[name] = new RuntimeDefinedParameter(name, metadata.ParameterType, metadata.Attributes);
        }

        return _parameters;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (RunningServers.Current(Runspace.DefaultRunspace.InstanceId) is not { } scope)
        {
            ThrowTerminatingError(SessionErrors.NoCassetteInUse());
            return;
        }

        var parameters = new Hashtable(MyInvocation.BoundParameters, StringComparer.OrdinalIgnoreCase);
        parameters.Remove(nameof(AsWebRequest));
        foreach (var parameter in _parameters.Values.Where(parameter => parameter.IsSet))
        {
            parameters[parameter.Name] = parameter.Value;
        }

        RequestRedirection.Apply(parameters, scope.Session);
        try
        {
            RunInPlace("param($command, $parameters) & $command @parameters", Real(), parameters);
        }
        finally
        {
            scope.WarnLost(WriteWarning);
        }
    }

    private CmdletInfo Real() =>
        (CmdletInfo)
            InvokeCommand.GetCommand(
                $@"Microsoft.PowerShell.Utility\{(IsWebRequest ? "Invoke-WebRequest" : "Invoke-RestMethod")}",
                CommandTypes.Cmdlet
            );
}
