using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using OpenAICassette.Capture;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;
using OpenAICassette.Server;

namespace OpenAICassette.Commands;

/// <summary><c>Start-CassetteServer</c>: answers any client over HTTP from cassettes.</summary>
[Cmdlet(VerbsLifecycle.Start, "CassetteServer", DefaultParameterSetName = PathSet)]
[OutputType(typeof(CassetteServer))]
public sealed class StartCassetteServerCommand : AnswerCommand
{
    /// <summary>The port; any free port by default.</summary>
    [Parameter]
    [ValidateRange(0, ushort.MaxValue)]
    public int Port { get; set; }

    /// <summary>The address to listen on. By default, only this machine can connect.</summary>
    [Parameter]
    [ValidateNotNull]
    public IPAddress ListenAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The origin whose web pages may send requests, or * for all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AllowOrigin { get; set; }

    /// <summary>Plays the recordings of a request from the first one on for each connection.</summary>
    [Parameter]
    public SwitchParameter SequencePerConnection { get; set; }

    /// <summary>Sets the environment variables by which clients find the server, until it stops.</summary>
    [Parameter]
    public SwitchParameter SetEnvironment { get; set; }

    /// <summary>
    /// When requests are forwarded to the upstream and recorded. With a mode that records, the path is the one folder
    /// of the recordings.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public RecordMode Mode { get; set; }

    /// <summary>
    /// The real service, for example https://api.openai.com/v1, and where the traffic of single hosts goes, as HOST=URL.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateUpstream]
    public string[] Upstream { get; set; } = [];

    /// <summary>A PEM file with the authority of the service's certificate, if the system does not trust it.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string? UpstreamCertificate { get; set; }

    /// <summary>Records connections that failed, too; a replay answers them with status 502.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter RecordFailure { get; set; }

    /// <summary>
    /// Names new recordings by the keys of Llama Stack's recorder. By default, they are named after what was asked.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter KeyNames { get; set; }

    /// <summary>
    /// The format of new recordings. By default, that of the file to record to, or of Llama Stack, with a file for each
    /// exchange.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(RecordableFormatCompleter))]
    [ValidateFormat(Recordable = true)]
    public string? Format { get; set; }

    /// <summary>
    /// The response to a request that no recording answers: an error that explains the miss, or a recording as with
    /// -Mode NewEpisodes.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("Error", "Record")]
    public string OnMiss { get; set; } = "Error";

    private protected override CassetteServerOptions ServerOptions =>
        new()
        {
            Mode = OnMiss == "Record" && !IsBound(nameof(Mode)) ? RecordMode.NewEpisodes : Mode,
            Upstream = UpstreamAddresses.Parse(Upstream).Default,
            UpstreamOfHost = UpstreamAddresses.Parse(Upstream).ByHost,
            UpstreamCertificate = UpstreamCertificate is { } file ? PathResolver.ResolveDestination(this, file) : null,
            RecordFailures = RecordFailure,
            RecordFormat = Format,
            KeyNames = KeyNames,
            SequencePerConnection = SequencePerConnection,
            ListenAddress = ListenAddress,
            Port = Port,
            AllowOrigin = AllowOrigin,
        };

    private protected override void Start(SessionOptions options)
    {
        CassetteSession session;
        if (IsRecording && options is { Server.RecordFormat: null, Paths: [var place] })
        {
            options = options with { Server = options.Server with { RecordFormat = SessionDefaults.FormatOf(place) } };
        }

        try
        {
            if (options.Server.UpstreamOfHost.Count > 0)
            {
                options = options with { ServiceOf = KnownServiceOf };
            }

            session = CassetteSession.Start(options, StopToken);
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(ServerErrors.ServerNotConfigured(e));
            return;
        }
        catch (SocketException e)
        {
            ThrowTerminatingError(ServerErrors.NotListening(ListenAddress, Port, e));
            return;
        }
        finally
        {
            EndProgress();
        }

        if (session.Server.InteractionCount == 0 && HasError)
        {
            // The errors explain why there are no cassettes.
            session.Server.Stop();
            return;
        }

        RunningServers.Add(session.Server);
        if (SetEnvironment && RunningServers.TrySetEnvironment(session) != EnvironmentClaim.Set)
        {
            session.Server.Stop();
            ThrowTerminatingError(ServerErrors.EnvironmentInUse());
        }

        if (session.AlwaysMisses)
        {
            WriteWarning("The server has no recordings, so every request will be a miss.");
        }

        WriteObject(session.Server);
    }

    private static Uri KnownServiceOf(string operation) => KnownServices.Of(operation, RunningServers.OriginalVariable);
}
