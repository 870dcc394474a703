using System.Management.Automation;
using OpenAICassette.Capture;
using OpenAICassette.Completion;
using OpenAICassette.Server;
using OpenAICassette.Text;

namespace OpenAICassette.Hosting;

/// <summary>Provides what the cmdlets that activate a cassette share: which cassette, and how it answers.</summary>
public abstract class CassetteScopeCommand : CassetteCmdlet
{
    /// <summary>The parameter set of cassettes named by the test.</summary>
    protected const string NameSet = "Name";

    /// <summary>The parameter set of cassettes with a path.</summary>
    protected const string PathSet = "Path";

    /// <summary>The name of the cassette, instead of that of the test.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// When requests are recorded. By default the value of CASSETTE_MODE, otherwise never if CI is set, otherwise once.
    /// </summary>
    [Parameter]
    public RecordMode Mode { get; set; }

    /// <summary>
    /// The real service to record. By default the value of CASSETTE_UPSTREAM. Otherwise, a request asks the host that it
    /// names; other programs ask the host in their environment variables from before, or the service's own host.
    /// HOST=URL is where the traffic of one host goes.
    /// </summary>
    [Parameter]
    [ValidateUpstream]
    public string[] Upstream { get; set; } = [];

    /// <summary>A PEM file with the authority of the service's certificate, if the system does not trust it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UpstreamCertificate { get; set; }

    /// <summary>Records connections that failed, too; a replay answers them with status 502.</summary>
    [Parameter]
    public SwitchParameter RecordFailure { get; set; }

    /// <summary>
    /// The format of new recordings. A format that holds many exchanges is recorded to one file. By default, the format of
    /// the file if there is one, otherwise that of Llama Stack, with a file for each exchange.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RecordableFormatCompleter))]
    [ValidateFormat(Recordable = true)]
    public string? Format { get; set; }

    /// <summary>
    /// Names new recordings by the keys of Llama Stack's recorder. By default, they are named after the test, or after
    /// what was asked.
    /// </summary>
    [Parameter]
    public SwitchParameter KeyNames { get; set; }

    /// <summary>Does not set the environment variables by which other clients find the cassette.</summary>
    [Parameter]
    public SwitchParameter NoEnvironment { get; set; }

    /// <summary>Leaves the requests of this process as they are.</summary>
    [Parameter]
    public SwitchParameter NoRedirect { get; set; }

    /// <summary>The hosts whose requests are left alone. Wildcards are permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Exclude { get; set; } = [];

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

    /// <summary>Starts the session and makes it the active cassette of the runspace.</summary>
    /// <param name="path">The file or folder; null for that of the running test.</param>
    /// <param name="isOpen">True if it stays active until Exit-Cassette.</param>
    private protected CassetteScope Enter(string? path, bool isOpen)
    {
        var place = path is null ? PlaceOfTest() : PathResolver.ResolveDestination(this, path);
        var warnings = LossWarnings.Of(this);
        var session = Start(place, isGiven: path is not null, warnings);
        if (!NoEnvironment)
        {
            SetEnvironment(session);
        }

        if (!NoRedirect)
        {
            session.Capture(
                Exclude,
                UpstreamAddresses.Parse(Upstream).Default ?? SessionDefaults.Upstream(),
                RunningServers.CurrentRunspace
            );
        }

        RunningServers.Add(session.Server);
        return new CassetteScope(session, SessionState, warnings) { IsOpen = isOpen, RequireAllUsed = RequireAllUsed };
    }

    private CassetteSession Start(string place, bool isGiven, LossWarnings warnings)
    {
        try
        {
            if (!NoRedirect)
            {
                HttpInterception.Enable();
            }

            var match = new MatchOptions
            {
                IgnoreMembers = IgnoreMember,
                IgnoreTexts = IgnoreText,
                Strict = Strict,
                Sequence = Sequence,
            };
            var upstream = UpstreamAddresses.Parse(Upstream);
            var options = new CassetteSessionOptions
            {
                Mode = IsBound(nameof(Mode)) ? Mode : null,
                Upstream = upstream.Default,
                UpstreamOfHost = upstream.ByHost,
                UpstreamCertificate = UpstreamCertificate is { } file
                    ? PathResolver.ResolveDestination(this, file)
                    : null,
                Format = Format ?? (isGiven ? SessionDefaults.FormatOf(place) : null),
                KeyNames = KeyNames,
                TestId = TestName.Current(SessionState)?.Id,
                Replay = new ReplayOptions { Match = match },
            };
            var session = SessionOptions.For(place, options, operation =>
                KnownServices.Of(operation, RunningServers.OriginalVariable)
            );
            return CassetteSession.Start(
                session with
                {
                    Server = session.Server with
                    {
                        Answering = warnings.Answering,
                        RecordFailures = RecordFailure,
                        Loading = MeasureLoading(place).Add,
                    },
                },
                StopToken
            );
        }
        catch (CassetteException e)
        {
            ThrowTerminatingError(Errors.Of(e, place));
            throw;
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(ServerErrors.ServerNotConfigured(e));
            throw;
        }
        catch (InvalidOperationException e)
        {
            ThrowTerminatingError(SessionErrors.RequestsNotCaptured(e));
            throw;
        }
        finally
        {
            EndProgress();
        }
    }

    private void SetEnvironment(CassetteSession session)
    {
        switch (RunningServers.TrySetEnvironment(session, nests: true))
        {
            case EnvironmentClaim.Taken:
                session.Server.Stop();
                ThrowTerminatingError(ServerErrors.EnvironmentInUse());
                break;
            case EnvironmentClaim.TakenByOtherRunspace when RunningServers.IsFirstSharedEnvironment():
                WriteWarning(
                    "Environment variables such as OPENAI_BASE_URL belong to the whole process, and a cassette of "
                        + "another runspace has set them, so other programs that use them are answered from that "
                        + "cassette. Requests of this process are answered from the cassette of their own runspace. "
                        + "Pass $Cassette.Uri to other programs; -NoEnvironment leaves the variables alone and avoids "
                        + "this warning."
                );
                break;
        }
    }

    private string PlaceOfTest()
    {
        var test = TestName.Current(SessionState);
        if (test is null)
        {
            ThrowTerminatingError(SessionErrors.NoTest());
        }

        var place = Name is null
            ? test!.Directory
            : Path.Join(
                Path.GetDirectoryName(test!.Directory),
                SafeName.In(Path.GetDirectoryName(test.Directory)!, Name)
            );
        if (!RunningServers.TryClaim(place, test.Test, other => TestName.IsSameRun(test.Test, other)))
        {
            ThrowTerminatingError(SessionErrors.NameTaken(place));
        }

        return place;
    }
}
