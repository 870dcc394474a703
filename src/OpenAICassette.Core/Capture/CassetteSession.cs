using OpenAICassette.Capture;

namespace OpenAICassette;

/// <summary>Represents an active cassette: its address and its requests.</summary>
public sealed class CassetteSession
{
    private CassetteSession(CassetteServer server, string path, CassetteServerOptions options)
    {
        Server = server;
        Path = path;
        Mode = options.Mode;
        UpstreamToken = options.UpstreamToken;
    }

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

    /// <summary>Gets the server that answers.</summary>
    public CassetteServer Server { get; }

    /// <summary>
    /// Gets the word that lets a request name the service that it is for; null if nothing is recorded or the service is
    /// fixed.
    /// </summary>
    internal string? UpstreamToken { get; }

    /// <summary>Gets whether every request will be a miss because nothing was recorded and nothing will be.</summary>
    internal bool AlwaysMisses => Server.InteractionCount == 0 && Mode == RecordMode.None;

    /// <summary>Gets the reasons why requests were not answered.</summary>
    internal IEnumerable<MissReport> Misses => Requests.Select(request => request.Miss).OfType<MissReport>();

    /// <summary>Gets the requests that should have been recorded and were not.</summary>
    internal IEnumerable<ReceivedRequest> Lost => Requests.Where(request => request.IsLost);

    /// <summary>Returns the address.</summary>
    public override string ToString() => Uri.ToString();

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
            options.Paths.Count > 0 ? options.Paths[0] : string.Empty,
            server
        );
    }
}
