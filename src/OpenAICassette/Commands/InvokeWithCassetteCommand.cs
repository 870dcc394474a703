using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net.Sockets;
using OpenAICassette.Capture;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;
using OpenAICassette.Server;

namespace OpenAICassette.Commands;

/// <summary>
/// <c>Invoke-WithCassette</c>: runs a script block whose native programs are answered from a cassette, whatever their
/// hosts.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "WithCassette")]
[OutputType(typeof(object))]
public sealed class InvokeWithCassetteCommand : CassetteCmdlet
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The file or folder of the recordings.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "LP")]
    [CassettePath(Literal = true)]
    [ArgumentCompleter(typeof(LiteralCassettePathCompleter))]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The script block. It runs in the scope of the caller, with the session as its argument.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>
    /// When requests are recorded. By default the value of CASSETTE_MODE, otherwise never if CI is set, otherwise once.
    /// </summary>
    [Parameter]
    public RecordMode Mode { get; set; }

    /// <summary>
    /// HOST=URL is where the traffic of one host goes; URL is where requests go that name no host.
    /// </summary>
    [Parameter]
    [ValidateUpstream]
    public string[] Upstream { get; set; } = [];

    /// <summary>A PEM file with the authority of the service's certificate, if the system does not trust it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UpstreamCertificate { get; set; }

    /// <summary>More hosts to capture than those of the known APIs.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = [];

    /// <summary>Captures every host.</summary>
    [Parameter]
    public SwitchParameter AllHosts { get; set; }

    /// <summary>
    /// Lets hosts that are not captured be on this machine or in a private network; otherwise they are refused.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowPrivateNetwork { get; set; }

    /// <summary>Also sets variables such as OPENAI_BASE_URL, for programs that use no proxy.</summary>
    [Parameter]
    public SwitchParameter SetBaseUrl { get; set; }

    /// <summary>
    /// Names new recordings by the keys of Llama Stack's recorder. By default, they are named after the test, or after
    /// what was asked.
    /// </summary>
    [Parameter]
    public SwitchParameter KeyNames { get; set; }

    /// <summary>
    /// The format of new recordings. By default, the format of the file if there is one, otherwise that of Llama Stack.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RecordableFormatCompleter))]
    [ValidateFormat(Recordable = true)]
    public string? Format { get; set; }

    /// <summary>
    /// Additional request members to ignore, as JSON pointers in which * matches any member or element.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IgnoreMember { get; set; } = [];

    /// <summary>
    /// Parts of texts to ignore: the names claude-code, codex, date, duration, path and uuid, and regular expressions.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(TextPatternCompleter))]
    [ValidateTextPattern]
    public string[] IgnoreText { get; set; } = [];

    /// <summary>Matches only requests in which every member is equal.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>What to play if a request was recorded several times.</summary>
    [Parameter]
    public PlaySequence Sequence { get; set; }

    /// <summary>Fails if a recording was not played.</summary>
    [Parameter]
    public SwitchParameter RequireAllUsed { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        using var environment = Claim();
        using var capture = Start();
        try
        {
            Run(capture, environment);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            // A block that receives an error from a miss may fail with an unrelated error.
            Tell(capture);
            if (capture.Session.Server.RequestCount > 0)
            {
                SessionErrors.Check(capture.Session, RequireAllUsed, ThrowTerminatingError, e);
            }

            throw;
        }

        Tell(capture);
        if (capture.Session.Server.RequestCount == 0)
        {
            ThrowTerminatingError(SessionErrors.NoRequest(capture));
        }

        SessionErrors.Check(capture.Session, RequireAllUsed, ThrowTerminatingError);
    }

    private ProgramEnvironment Claim()
    {
        try
        {
            var claimed = ProgramEnvironment.Claim(Runspace.DefaultRunspace.InstanceId, StopToken);
            if (claimed is null)
            {
                ThrowTerminatingError(ServerErrors.EnvironmentInUse());
            }

            return claimed!;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Runs the block in the scope of the caller, with the variables for its programs.</summary>
    private void Run(ProgramCapture capture, ProgramEnvironment environment)
    {
        environment.Set(capture.Variables);
        try
        {
            RunInPlace("param($block, $session) . $block $session", ScriptBlock, capture.Session);
        }
        finally
        {
            environment.Restore();
        }
    }

    /// <summary>Reports what happened to the requests and to other hosts.</summary>
    private void Tell(ProgramCapture capture)
    {
        capture.Stop();
        foreach (var line in _lines.Concat(ProgramReport.Summary(capture)))
        {
            WriteVerbose(line);
        }

        foreach (var (host, _) in capture.Others.Where(other => other.Host.Problem is not null))
        {
            WriteWarning(ProgramReport.Line(host));
        }
    }

    private ProgramCapture Start()
    {
        var path = PathResolver.ResolveDestination(this, Path);
        try
        {
            return ProgramCapture.Start(Options(path), StopToken);
        }
        catch (CassetteException e)
        {
            ThrowTerminatingError(Errors.Of(e, path));
            throw;
        }
        catch (Exception e) when (e is ArgumentException or SocketException or IOException)
        {
            ThrowTerminatingError(ServerErrors.ServerNotConfigured(e));
            throw;
        }
        finally
        {
            EndProgress();
        }
    }

    private ProgramOptions Options(string path)
    {
        var format = Format ?? SessionDefaults.FormatOf(path);
        var place = format is null ? path : SessionDefaults.PlaceIn(format, path);
        var mode = SessionDefaults.ModeFor(place, IsBound(nameof(Mode)) ? Mode : SessionDefaults.Mode());
        var upstream = mode == RecordMode.None ? UpstreamAddresses.None : UpstreamAddresses.Parse(Upstream);
        var match = new MatchOptions
        {
            IgnoreMembers = IgnoreMember,
            IgnoreTexts = IgnoreText,
            Strict = Strict,
            Sequence = Sequence,
        };
        return new ProgramOptions
        {
            Session = new SessionOptions
            {
                Paths = [place],
                Server = new CassetteServerOptions
                {
                    Mode = mode,
                    RecordFormat = mode == RecordMode.None ? null : format,
                    KeyNames = KeyNames,
                    TestId = TestName.Current(SessionState)?.Id,
                    Upstream = upstream.Default,
                    UpstreamOfHost = upstream.ByHost,
                    UpstreamCertificate = UpstreamCertificate is { } file
                        ? PathResolver.ResolveDestination(this, file)
                        : null,
                    Replay = new ReplayOptions { Match = match },
                    Loading = MeasureLoading(place).Add,
                },
            },
            Hosts = HostName,
            AllHosts = AllHosts,
            AllowPrivateNetwork = AllowPrivateNetwork,
            SetBaseUrls = SetBaseUrl,
            Seen = _lines.Enqueue,
        };
    }
}
