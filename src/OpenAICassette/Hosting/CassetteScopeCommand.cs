using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>What the cmdlets that take a cassette in use have in common: which cassette, and how it answers.</summary>
public abstract class CassetteScopeCommand : CassetteCmdlet
{
    /// <summary>The parameter set of cassettes that have the name of the test.</summary>
    protected const string NameSet = "Name";

    /// <summary>The parameter set of cassettes with a path.</summary>
    protected const string PathSet = "Path";

    private const string ModeVariable = "CASSETTE_MODE";
    private const string UpstreamVariable = "CASSETTE_UPSTREAM";

    /// <summary>A name for the cassette instead of that of the test.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// When requests are recorded; without it what the variable CASSETTE_MODE says, else never where CI is set, else
    /// once.
    /// </summary>
    [Parameter]
    public RecordMode Mode { get; set; }

    /// <summary>
    /// The real service, for what is recorded; without it what the variable CASSETTE_UPSTREAM says. Without both a
    /// redirected command asks the host that it names, and another client what the environment variables named before,
    /// else the service's own host.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Upstream { get; set; }

    /// <summary>Does not set the environment variables by which other clients find the cassette.</summary>
    [Parameter]
    public SwitchParameter NoEnvironment { get; set; }

    /// <summary>Leaves Invoke-RestMethod and Invoke-WebRequest as they are.</summary>
    [Parameter]
    public SwitchParameter NoRedirect { get; set; }

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

    /// <summary>Fails when a recording was not played.</summary>
    [Parameter]
    public SwitchParameter RequireAllUsed { get; set; }

    /// <summary>Takes the cassette in use.</summary>
    /// <param name="path">The file or folder; null for that of the running test.</param>
    /// <param name="isOpen">True when it stays in use until Exit-Cassette.</param>
    private protected CassetteScope Enter(string? path, bool isOpen)
    {
        var place = path is null ? PlaceOfTest() : PathResolver.ResolveDestination(this, path);
        var mode = ChosenMode();

        // A single file can be played, but new recordings need a folder.
        mode = mode == RecordMode.Once && File.Exists(place) ? RecordMode.None : mode;
        if (mode != RecordMode.None && File.Exists(place))
        {
            ThrowTerminatingError(
                Errors.ServerNotConfigured(
                    new ArgumentException(
                        $"{place}: the path is a file, but recordings need a folder. Specify a folder."
                    )
                )
            );
        }

        var upstream = Upstream
            ?? (
                Uri.TryCreate(Environment.GetEnvironmentVariable(UpstreamVariable), UriKind.Absolute, out var named)
                    ? named
                    : null
            );
        var token = mode == RecordMode.None || upstream is not null ? null : Guid.NewGuid().ToString("n");
        var server = Start(place, mode, upstream, token);
        if (!NoEnvironment)
        {
            SetEnvironment(server, keepsKey: mode != RecordMode.None);
        }

        RunningServers.Add(server);
        return new CassetteScope(new CassetteSession(server, place, mode, token), SessionState, redirects: !NoRedirect)
        {
            IsOpen = isOpen,
            RequireAllUsed = RequireAllUsed,
        };
    }

    private void SetEnvironment(CassetteServer server, bool keepsKey)
    {
        switch (RunningServers.TrySetEnvironment(server, keepsKey))
        {
            case EnvironmentClaim.Taken:
                server.Stop();
                ThrowTerminatingError(Errors.EnvironmentInUse());
                break;
            case EnvironmentClaim.TakenByOtherRunspace when RunningServers.IsFirstSharedEnvironment():
                WriteWarning(
                    "Environment variables such as OPENAI_BASE_URL belong to the whole process, and a cassette of another "
                        + "runspace has set them, so clients that use them are answered from that cassette. Invoke-RestMethod and "
                        + "Invoke-WebRequest are answered from the cassette of their own runspace. Pass $Cassette.Uri to other clients; "
                        + "-NoEnvironment leaves the variables alone and avoids this warning."
                );
                break;
        }
    }

    private CassetteServer Start(string place, RecordMode mode, Uri? upstream, string? token)
    {
        var isRecording = mode != RecordMode.None;
        var options = new CassetteServerOptions
        {
            Replay = new ReplayOptions
            {
                Match = new MatchOptions
                {
                    IgnoreMembers = IgnoreMember,
                    Strict = Strict,
                    Sequence = Sequence,
                },
            },
            Mode = mode,
            RecordTo = isRecording ? place : null,
            Upstream = isRecording ? upstream ?? KnownServices.Of(string.Empty) : null,
            UpstreamOf = upstream is null ? KnownServices.Of : null,
            UpstreamToken = token,
        };
        try
        {
            var isThere = File.Exists(place) || Directory.Exists(place);
            return CassetteServer.Start(
                isThere || !isRecording ? CassetteStore.Find(place, recurse: true) : [],
                options,
                problem: null,
                StopToken
            );
        }
        catch (Exception e) when (e is CassetteException or ArgumentException)
        {
            ThrowTerminatingError(
                e is CassetteException unread ? Errors.Of(unread, place) : Errors.ServerNotConfigured(e)
            );
            throw;
        }
    }

    private string PlaceOfTest()
    {
        var test = TestName.Current(SessionState);
        if (test is null)
        {
            ThrowTerminatingError(Errors.NoTest());
        }

        var place = Name is null
            ? test!.Directory
            : Path.Join(Path.GetDirectoryName(test!.Directory), TestName.Safe(Name));
        if (!RunningServers.TryClaim(place, test.Test, other => TestName.IsSameRun(test.Test, other)))
        {
            ThrowTerminatingError(Errors.NameTaken(place));
        }

        return place;
    }

    private RecordMode ChosenMode()
    {
        if (IsBound(nameof(Mode)))
        {
            return Mode;
        }

        var wanted = Environment.GetEnvironmentVariable(ModeVariable);
        if (string.IsNullOrEmpty(wanted))
        {
            return string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) ? RecordMode.Once : RecordMode.None;
        }

        if (!Enum.TryParse<RecordMode>(wanted, ignoreCase: true, out var mode) || !char.IsAsciiLetter(wanted[0]))
        {
            ThrowTerminatingError(
                Errors.ServerNotConfigured(
                    new ArgumentException(
                        $"the variable {ModeVariable} must be one of {string.Join(", ", Enum.GetNames<RecordMode>())}; it is '{wanted}'"
                    )
                )
            );
        }

        return mode;
    }
}
