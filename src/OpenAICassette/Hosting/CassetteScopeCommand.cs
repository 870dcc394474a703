using System.Management.Automation;
using OpenAICassette.Capture;
using OpenAICassette.Completion;
using OpenAICassette.Server;

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
    /// The real service to record. By default the value of CASSETTE_UPSTREAM. Otherwise, a redirected command asks the
    /// host that it names; other clients ask the host in their environment variables from before, or the service's own
    /// host. HOST=URL is where the traffic of one host goes.
    /// </summary>
    [Parameter]
    [ValidateUpstream]
    public string[] Upstream { get; set; } = [];

    /// <summary>A PEM file with the authority of the service's certificate, if the system does not trust it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UpstreamCertificate { get; set; }

    /// <summary>
    /// The format of new recordings. A format that holds many exchanges is recorded to one file. By default, the format of
    /// the file if there is one, otherwise that of Llama Stack, with a file for each exchange.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RecordableFormatCompleter))]
    [ValidateFormat(Recordable = true)]
    public string? Format { get; set; }

    /// <summary>Does not set the environment variables by which other clients find the cassette.</summary>
    [Parameter]
    public SwitchParameter NoEnvironment { get; set; }

    /// <summary>Leaves Invoke-RestMethod and Invoke-WebRequest as they are.</summary>
    [Parameter]
    public SwitchParameter NoRedirect { get; set; }

    /// <summary>
    /// Additional request members to ignore, as JSON pointers in which * matches any member or element.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IgnoreMember { get; set; } = [];

    /// <summary>
    /// Parts of texts to ignore: the names date, duration, path and uuid, and regular expressions.
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
        var session = Start(Format is null ? place : SessionDefaults.PlaceIn(Format, place));
        if (!NoEnvironment)
        {
            SetEnvironment(session);
        }

        RunningServers.Add(session.Server);
        return new CassetteScope(session, SessionState, redirects: !NoRedirect)
        {
            IsOpen = isOpen,
            RequireAllUsed = RequireAllUsed,
        };
    }

    private CassetteSession Start(string place)
    {
        try
        {
            var mode = SessionDefaults.ModeFor(place, IsBound(nameof(Mode)) ? Mode : SessionDefaults.Mode());
            var match = new MatchOptions
            {
                IgnoreMembers = IgnoreMember,
                IgnoreTexts = IgnoreText,
                Strict = Strict,
                Sequence = Sequence,
            };
            var upstream = mode == RecordMode.None ? UpstreamAddresses.None : UpstreamAddresses.Parse(Upstream);
            return CassetteSession.Start(
                new SessionOptions
                {
                    Paths = [place],
                    Server = new CassetteServerOptions
                    {
                        Mode = mode,
                        RecordFormat = mode == RecordMode.None ? null : Format,
                        UpstreamCertificate = UpstreamCertificate is { } file
                            ? PathResolver.ResolveDestination(this, file)
                            : null,
                        Upstream = mode == RecordMode.None ? null : upstream.Default ?? SessionDefaults.Upstream(),
                        UpstreamOfHost = upstream.ByHost,
                        Replay = new ReplayOptions { Match = match },
                    },
                    ServiceOf = operation => KnownServices.Of(operation, RunningServers.OriginalVariable),
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
    }

    private void SetEnvironment(CassetteSession session)
    {
        switch (RunningServers.TrySetEnvironment(session))
        {
            case EnvironmentClaim.Taken:
                session.Server.Stop();
                ThrowTerminatingError(ServerErrors.EnvironmentInUse());
                break;
            case EnvironmentClaim.TakenByOtherRunspace when RunningServers.IsFirstSharedEnvironment():
                WriteWarning(
                    "Environment variables such as OPENAI_BASE_URL belong to the whole process, and a cassette of "
                        + "another runspace has set them, so clients that use them are answered from that cassette. "
                        + "Invoke-RestMethod and Invoke-WebRequest are answered from the cassette of their own "
                        + "runspace. Pass $Cassette.Uri to other clients; -NoEnvironment leaves the variables alone "
                        + "and avoids this warning."
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
            : Path.Join(Path.GetDirectoryName(test!.Directory), TestName.Safe(Name));
        if (!RunningServers.TryClaim(place, test.Test, other => TestName.IsSameRun(test.Test, other)))
        {
            ThrowTerminatingError(SessionErrors.NameTaken(place));
        }

        return place;
    }
}
