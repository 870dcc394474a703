namespace OpenAICassette;

/// <summary>Represents an active cassette: its address and its requests.</summary>
public sealed class CassetteSession
{
    internal CassetteSession(CassetteServer server, string path, RecordMode mode, string? upstreamToken)
    {
        UpstreamToken = upstreamToken;
        Server = server;
        Path = path;
        Mode = mode;
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
    /// The word with which a request may name the service that it means; null where nothing is recorded.
    /// </summary>
    internal string? UpstreamToken { get; }

    /// <summary>Why nothing answered, for each request that nothing answered.</summary>
    internal IEnumerable<MissReport> Misses => Requests.Select(request => request.Miss).OfType<MissReport>();

    /// <summary>The requests that should have been recorded and were not.</summary>
    internal IEnumerable<ReceivedRequest> Lost => Requests.Where(request => request.IsLost);

    /// <summary>The address.</summary>
    public override string ToString() => Uri.ToString();
}
