using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using OpenAICassette.Capture;

namespace OpenAICassette;

/// <summary>
/// Represents an active cassette: the requests of every <see cref="HttpClient"/> in the code that started it, and in all
/// code that this starts, are answered from its recordings or recorded.
/// </summary>
/// <remarks>
/// <para>
/// When the session is disposed, it throws a <see cref="CassetteVerificationException"/> if a request was not answered
/// or not recorded, also if the code under test has swallowed the error. Such an exception takes the place of one that is
/// already on its way, such as that of a failed assertion, because a miss usually is its cause; the
/// <see cref="Exception.InnerException"/> is then the last exception of the code in the session. To check earlier, call
/// <see cref="Verify"/>; what it has reported is not reported again.
/// </para>
/// <para>
/// Start the session in the test itself, or in a method that is not asynchronous: what an asynchronous method starts ends
/// for its caller when it returns. A request of other code to an LLM API, for example of a timer, belongs to the session
/// if it is the only one that is open, and fails if there are more.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [Fact]
/// public async Task Names_the_capital_of_France()
/// {
///     using var cassette = CassetteSession.Start();
///     Assert.Equal("Paris", await new Atlas().CapitalOfAsync("France"));
/// }
/// </code>
/// </example>
public sealed class CassetteSession : IDisposable, IAsyncDisposable
{
    private readonly bool _requiresAllUsed;
    private OpenSession? _open;
    private Exception? _last;
    private bool _isVerified;

    private CassetteSession(CassetteServer server, CassetteServerOptions options, SessionOptions session)
    {
        Server = server;
        Path = session.Paths.Count > 0 ? session.Paths[0] : string.Empty;
        Mode = options.Mode;
        HowToRecord = SessionDefaults.HowToRecord(Mode, session.WhyMode, Path);
        UpstreamToken = options.UpstreamToken;
        _requiresAllUsed = session.RequireAllUsed;
        server.Stopped += (_, _) => Release();
    }

    /// <summary>Gets the session that the current code belongs to; null if there is none.</summary>
    public static CassetteSession? Current => OpenSessions.Current?.Session;

    /// <summary>Gets the address that answers, with a trailing slash.</summary>
    public Uri Uri => Server.Uri;

    /// <summary>Gets the file or folder of the recordings.</summary>
    public string Path { get; }

    /// <summary>Gets when requests are recorded.</summary>
    public RecordMode Mode { get; }

    /// <summary>Gets the requests, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => Server.Requests;

    /// <summary>Gets the number of requests that a recording answered.</summary>
    public int PlayCount => Server.Requests.Count(request => request.Outcome == RequestOutcome.Played);

    /// <summary>Gets the number of recorded requests.</summary>
    public int RecordCount => Server.Requests.Count(request => request.Outcome == RequestOutcome.Recorded);

    /// <summary>Gets the recordings that were not played.</summary>
    public IReadOnlyList<Interaction> Unused => Server.Unused;

    /// <summary>Gets the reasons why requests were not answered.</summary>
    public IReadOnlyList<MissReport> Misses => [.. Requests.Select(request => request.Miss).OfType<MissReport>()];

    /// <summary>Gets the requests that should have been recorded and were not.</summary>
    public IReadOnlyList<ReceivedRequest> Lost => [.. Requests.Where(request => request.IsLost)];

    /// <summary>Gets the server that answers.</summary>
    public CassetteServer Server { get; }

    /// <summary>
    /// Gets the word that lets a request name the service that it is for; null if nothing is recorded or the service is
    /// fixed.
    /// </summary>
    internal string? UpstreamToken { get; }

    /// <summary>Gets the mode, why it is that mode, and how to record.</summary>
    internal string HowToRecord { get; }

    /// <summary>Gets whether every request will be a miss because nothing was recorded and nothing will be.</summary>
    internal bool AlwaysMisses => Server.InteractionCount == 0 && Mode == RecordMode.None;

    /// <summary>
    /// Starts a session for the calling test. Its recordings are beside the source file, in the folder
    /// <c>cassettes/FILE/TEST</c>.
    /// </summary>
    /// <param name="options">What to record and how to answer; null for the defaults.</param>
    /// <param name="test">The name of the test; the compiler adds it.</param>
    /// <param name="file">The source file of the test; the compiler adds it.</param>
    /// <exception cref="CassetteException">A recording could not be read, or there is none and none is made.</exception>
    /// <exception cref="ArgumentException">
    /// The options contradict each other, one is not valid, or the source file is not on this machine.
    /// </exception>
    /// <exception cref="InvalidOperationException">The events of HttpClient are switched off in this process.</exception>
    [OverloadResolutionPriority(1)] // so that new() means the options
    public static CassetteSession Start(
        CassetteSessionOptions? options = null,
        [CallerMemberName] string test = "",
        [CallerFilePath] string file = ""
    ) =>
        Start(
            TestPlace.Of(file, test, options?.Case),
            (options ?? new CassetteSessionOptions()) with
            {
                TestId = TestPlace.IdOf(file, test, options?.Case),
            }
        );

    /// <summary>Starts a session with the recordings of a file or folder.</summary>
    /// <param name="path">The file or folder; a folder to record to need not exist.</param>
    /// <param name="options">What to record and how to answer; null for the defaults.</param>
    /// <exception cref="CassetteException">A recording could not be read, or there is none and none is made.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or one is not valid.</exception>
    /// <exception cref="InvalidOperationException">The events of HttpClient are switched off in this process.</exception>
    public static CassetteSession Start(string path, CassetteSessionOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new CassetteSessionOptions();
        return Start(path, options with { Format = options.Format ?? SessionDefaults.FormatOf(path) }, owner: null);
    }

    /// <summary>Checks that every request was answered, and recorded if it should have been.</summary>
    /// <exception cref="CassetteVerificationException">
    /// A request was not answered or not recorded, or a recording that should have been played was not.
    /// </exception>
    public void Verify()
    {
        if (Problems().ToException() is { } problem)
        {
            _isVerified = true;
            throw problem;
        }
    }

    /// <summary>Ends the session. Completes recordings first.</summary>
    /// <exception cref="CassetteVerificationException">
    /// A request was not answered or not recorded, or a recording that should have been played was not.
    /// </exception>
    public void Dispose()
    {
        Release();
        Server.Stop();
        ThrowIfUnverified();
    }

    /// <summary>Ends the session. Completes recordings first.</summary>
    /// <exception cref="CassetteVerificationException">
    /// A request was not answered or not recorded, or a recording that should have been played was not.
    /// </exception>
    public ValueTask DisposeAsync()
    {
        // An asynchronous method could not end the session for its caller.
        Release();
        return EndAsync();
    }

    /// <summary>Returns the address.</summary>
    public override string ToString() => Uri.ToString();

    /// <summary>Starts a session that captures requests.</summary>
    /// <param name="path">The file or folder; a folder to record to need not exist.</param>
    /// <param name="options">What to record and how to answer.</param>
    /// <param name="owner">What the session belongs to, for example a test; null if nothing.</param>
    internal static CassetteSession Start(string path, CassetteSessionOptions options, object? owner)
    {
        HttpInterception.Enable();
        var session = SessionOptions.For(System.IO.Path.GetFullPath(path), options, operation =>
            KnownServices.Of(operation, Environment.GetEnvironmentVariable)
        );
        var started = Start(session, CancellationToken.None);
        started.Capture(options.Exclude, session.Server.Upstream, owner);
        return started;
    }

    /// <summary>Loads the recordings and starts the server that answers from them.</summary>
    /// <param name="options">Which recordings, and how to answer.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <exception cref="CassetteException">
    /// A file could not be loaded, and <see cref="SessionOptions.Problem"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other, or one is not valid.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address or port cannot be listened on.</exception>
    internal static CassetteSession Start(SessionOptions options, CancellationToken cancellation)
    {
        var server = options.ToServerOptions();
        return new CassetteSession(
            options.Cassettes is { } loaded
                ? CassetteServer.Start(loaded, server)
                : CassetteServer.Start(options.Files, server, options.Problem, cancellation),
            server,
            options
        );
    }

    /// <summary>Captures the requests of the current flow and of everything started from it.</summary>
    /// <param name="exclude">The hosts to leave alone.</param>
    /// <param name="upstream">The service that is recorded; null if each request chooses it.</param>
    /// <param name="owner">What the session belongs to, for example a runspace; null if nothing.</param>
    internal void Capture(IReadOnlyList<string> exclude, Uri? upstream, object? owner = null)
    {
        SessionProxy.Install(Uri);
        _open = OpenSessions.Enter(this, new CapturedRequests(exclude, upstream), owner);
        AppDomain.CurrentDomain.FirstChanceException += Remember;
    }

    /// <summary>Ends the capture of requests. The server still answers.</summary>
    internal void Release()
    {
        if (Interlocked.Exchange(ref _open, null) is { } open)
        {
            AppDomain.CurrentDomain.FirstChanceException -= Remember;
            OpenSessions.Leave(open);
        }
    }

    private SessionProblems Problems() => new(Path, HowToRecord, Misses, Lost, _requiresAllUsed ? Unused : []);

    private async ValueTask EndAsync()
    {
        await Server.StopAsync().ConfigureAwait(false);
        ThrowIfUnverified();
    }

    private void ThrowIfUnverified()
    {
        if (!_isVerified && Problems().ToException(_last) is { } problem)
        {
            _isVerified = true;
            throw problem;
        }
    }

    private void Remember(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (OpenSessions.IsInFlow(this))
        {
            _last = thrown.Exception;
        }
    }
}
