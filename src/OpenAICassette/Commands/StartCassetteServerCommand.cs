using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using OpenAICassette.Completion;
using OpenAICassette.Hosting;

namespace OpenAICassette.Commands;

/// <summary><c>Start-CassetteServer</c>: answers any client over HTTP from cassettes.</summary>
[Cmdlet(VerbsLifecycle.Start, "CassetteServer", DefaultParameterSetName = PathSet)]
[OutputType(typeof(CassetteServer))]
public sealed class StartCassetteServerCommand : CassetteInputCommand
{
    private readonly List<Cassette> _cassettes = [];
    private CassetteServerOptions _options = new();
    private bool _hasError;

    /// <summary>The port; without one any that is free.</summary>
    [Parameter]
    [ValidateRange(0, ushort.MaxValue)]
    public int Port { get; set; }

    /// <summary>The address to listen on; without one only this machine can connect.</summary>
    [Parameter]
    [ValidateNotNull]
    public IPAddress ListenAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The origin whose web pages may ask, or * for all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AllowOrigin { get; set; }

    /// <summary>Sets the variables by which clients find the server, until it is stopped.</summary>
    [Parameter]
    public SwitchParameter SetEnvironment { get; set; }

    /// <summary>
    /// More members of a request that do not count, as JSON pointers in which * stands for any member or element.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IgnoreMember { get; set; } = [];

    /// <summary>Only requests that are the same in every member match.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>What is played when one request was recorded several times.</summary>
    [Parameter]
    public PlaySequence Sequence { get; set; }

    /// <summary>How many times as fast as recorded streams are sent; without it there is no delay.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double Speed { get; set; }

    /// <summary>How many events of a stream per second, whatever was recorded.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double TokensPerSecond { get; set; }

    /// <summary>
    /// How long to wait before the first event, whatever was recorded; a plain number is milliseconds.
    /// </summary>
    [Parameter]
    [Milliseconds]
    public TimeSpan TimeToFirstToken { get; set; }

    /// <summary>What goes wrong on purpose: a status, or a kind and after how many events it happens.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FaultCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Fault { get; set; } = [];

    /// <summary>
    /// The share of requests, from 0 to 1, that get one of the faults; without it the first requests get them, one
    /// each.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double FaultRate { get; set; }

    /// <summary>With the same seed the same requests get the same faults.</summary>
    [Parameter]
    public int FaultSeed { get; set; }

    /// <summary>
    /// When requests are passed on to the upstream and recorded; with a mode that records, the path is the one folder
    /// of the recordings.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public RecordMode Mode { get; set; }

    /// <summary>The real service, for example https://api.openai.com/v1.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNull]
    public Uri? Upstream { get; set; }

    /// <summary>
    /// What happens to a request that no recording answers: an error that explains, or, as with -Mode NewEpisodes, a
    /// recording.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("Error", "Record")]
    public string OnMiss { get; set; } = "Error";

    private RecordMode ChosenMode => OnMiss == "Record" && !IsBound(nameof(Mode)) ? RecordMode.NewEpisodes : Mode;

    private bool IsRecording => ChosenMode != RecordMode.None;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _options = new CassetteServerOptions
            {
                Mode = ChosenMode,
                Upstream = Upstream,
                RecordTo = IsRecording ? RecordingFolder() : null,
                ListenAddress = ListenAddress,
                Port = Port,
                AllowOrigin = AllowOrigin,
                Replay = new ReplayOptions
                {
                    Match = new MatchOptions
                    {
                        IgnoreMembers = IgnoreMember,
                        Strict = Strict,
                        Sequence = Sequence,
                    },
                    Pace = new ReplayPace
                    {
                        Speed = IsBound(nameof(Speed)) ? Speed : null,
                        TokensPerSecond = IsBound(nameof(TokensPerSecond)) ? TokensPerSecond : null,
                        TimeToFirstToken = IsBound(nameof(TimeToFirstToken)) ? TimeToFirstToken : null,
                    },
                    Faults = new FaultPlan(
                        Fault.Select(OpenAICassette.Fault.Parse),
                        IsBound(nameof(FaultRate)) ? FaultRate : null,
                        FaultSeed
                    ),
                },
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            ThrowTerminatingError(Errors.ServerNotConfigured(e));
        }
    }

    /// <inheritdoc/>
    protected override void Process(Cassette cassette) => _cassettes.Add(cassette);

    /// <inheritdoc/>
    protected override void ProcessPaths()
    {
        var files = new List<CassetteFile>();
        if (IsRecording)
        {
            files.AddRange(
                Directory.Exists(_options.RecordTo) ? CassetteStore.Find(_options.RecordTo, recurse: true) : []
            );
        }

        foreach (var path in IsRecording ? [] : Paths)
        {
            if (path.Error is { } error)
            {
                WriteItemError(error);
            }
            else
            {
                files.AddRange(CassetteStore.Find(path.Path!, recurse: true));
            }
        }

        Start(() => CassetteServer.Start(files, _options, Tell, StopToken));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == InputObjectSet)
        {
            ForItem(_cassettes, () => Start(() => CassetteServer.Start(_cassettes, _options)));
        }
    }

    /// <summary>The folder of the recordings, which need not exist yet.</summary>
    private string RecordingFolder()
    {
        string[] paths = ParameterSetName == LiteralPathSet ? LiteralPath : Path;
        var folder = paths.Length == 1 ? PathResolver.ResolveDestination(this, paths[0]) : null;
        return folder is not null && !File.Exists(folder)
            ? folder
            : throw new ArgumentException("recordings are written to a single folder; specify its path");
    }

    /// <inheritdoc/>
    protected override void WriteItemError(ErrorRecord problem)
    {
        _hasError = true;
        base.WriteItemError(problem);
    }

    private void Tell(CassetteLoad load)
    {
        if (load.Error is { } error)
        {
            WriteItemError(Errors.Of(error, load.File.Path));
        }
        else
        {
            WriteVerbose(load.SkippedBecause!);
        }
    }

    private void Start(Func<CassetteServer> start)
    {
        CassetteServer server;
        try
        {
            server = start();
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(Errors.ServerNotConfigured(e));
            return;
        }
        catch (SocketException e)
        {
            ThrowTerminatingError(Errors.NotListening(ListenAddress, Port, e));
            return;
        }

        if (server.InteractionCount == 0 && _hasError)
        {
            // The errors say why there is nothing to answer with.
            server.Stop();
            return;
        }

        RunningServers.Add(server);
        if (SetEnvironment && RunningServers.TrySetEnvironment(server, keepsKey: IsRecording) != EnvironmentClaim.Set)
        {
            server.Stop();
            ThrowTerminatingError(Errors.EnvironmentInUse());
        }

        if (server.InteractionCount == 0 && !IsRecording)
        {
            WriteWarning("The server has no recordings, so every request will be a miss.");
        }

        WriteObject(server);
    }
}
