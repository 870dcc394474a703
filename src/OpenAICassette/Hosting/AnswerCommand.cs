using System.Management.Automation;
using OpenAICassette.Capture;
using OpenAICassette.Completion;

namespace OpenAICassette.Hosting;

/// <summary>Starts a session on its input, with the options for matching and answers.</summary>
public abstract class AnswerCommand : PacedCommand
{
    private readonly List<Cassette> _cassettes = [];
    private SessionOptions _options = new();

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

    /// <summary>What to play if the same request was recorded several times.</summary>
    [Parameter]
    public PlaySequence Sequence { get; set; }

    /// <summary>The faults to inject: a status, or a kind and the number of events before it happens.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FaultCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Fault { get; set; } = [];

    /// <summary>
    /// The share of requests, from 0 to 1, that get a random fault. By default, the first requests get one fault each.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double FaultRate { get; set; }

    /// <summary>The seed for random faults; the same seed gives the same faults.</summary>
    [Parameter]
    public int FaultSeed { get; set; }

    /// <summary>Gets whether an input could not be used.</summary>
    private protected bool HasError { get; private set; }

    /// <summary>Returns the options of the server without those of its answers.</summary>
    private protected abstract CassetteServerOptions ServerOptions { get; }

    private protected bool IsRecording => _options.Server.Mode != RecordMode.None;

    /// <summary>Starts the session.</summary>
    private protected abstract void Start(SessionOptions options);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        try
        {
            _options = new SessionOptions { Server = ServerOptions with { Replay = Replay() }, Problem = Tell };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            ThrowTerminatingError(ServerErrors.ServerNotConfigured(e));
        }
    }

    /// <inheritdoc/>
    protected sealed override void Process(Cassette cassette) => _cassettes.Add(cassette);

    /// <inheritdoc/>
    private protected sealed override void ProcessPaths(IEnumerable<ResolvedPath> paths)
    {
        if (ParameterSetName == InputObjectSet)
        {
            _cassettes.AddRange(CassetteLoader.Load(Reports, paths, Recurse, StopToken));
            return;
        }

        string[] places = [.. Places()];
        Start(_options with { Paths = places, Server = _options.Server with { Loading = MeasureLoading(places).Add } });
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (ParameterSetName == InputObjectSet)
        {
            ForItem(_cassettes, () => Start(_options with { Cassettes = _cassettes }));
        }
    }

    /// <inheritdoc/>
    protected sealed override void WriteItemError(ErrorRecord problem)
    {
        HasError = true;
        base.WriteItemError(problem);
    }

    private ReplayOptions Replay() =>
        new()
        {
            Match = new MatchOptions
            {
                IgnoreMembers = IgnoreMember,
                IgnoreTexts = IgnoreText,
                Strict = Strict,
                Sequence = Sequence,
            },
            Pace = Pace(),
            Faults = new FaultPlan(
                Fault.Select(OpenAICassette.Fault.Parse),
                IsBound(nameof(FaultRate)) ? FaultRate : null,
                FaultSeed
            ),
        };

    /// <summary>Returns the files and folders of the recordings. A folder to record to need not exist.</summary>
    private IEnumerable<string> Places()
    {
        if (IsRecording)
        {
            var written = ParameterSetName == LiteralPathSet ? LiteralPath : Path;
            return written.Select(path => PathResolver.ResolveDestination(this, path));
        }

        var paths = Paths.ToLookup(path => path.Error is null);
        foreach (var path in paths[false])
        {
            WriteItemError(path.Error!);
        }

        return paths[true].Select(path => path.Path!);
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
}
