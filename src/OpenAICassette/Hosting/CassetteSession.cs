namespace OpenAICassette;

/// <summary>A cassette in use: where it answers, and what it was asked.</summary>
public sealed class CassetteSession
{
    internal CassetteSession(CassetteServer server, string path, RecordMode mode, string? upstreamToken)
    {
        UpstreamToken = upstreamToken;
        Server = server;
        Path = path;
        Mode = mode;
    }

    /// <summary>The address that answers, with a slash at its end.</summary>
    public Uri Uri => Server.Uri;

    /// <summary>The file or folder that the recordings stand in.</summary>
    public string Path { get; }

    /// <summary>When something is recorded.</summary>
    public RecordMode Mode { get; }

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => Server.Requests;

    /// <summary>How many requests a recording answered.</summary>
    public int PlayCount => Server.Requests.Count(request => request.Outcome == RequestOutcome.Played);

    /// <summary>How many requests were recorded.</summary>
    public int RecordCount => Server.Requests.Count(request => request.Outcome == RequestOutcome.Recorded);

    /// <summary>The recordings that were not asked for.</summary>
    public IReadOnlyList<Interaction> Unused => Server.Unused;

    /// <summary>The server that answers.</summary>
    public CassetteServer Server { get; }

    /// <summary>The word with which a request may name the service that it means; null where nothing is recorded.</summary>
    internal string? UpstreamToken { get; }

    /// <summary>Why nothing answered, for each request that nothing answered.</summary>
    internal IEnumerable<MissReport> Misses => Requests.Select(request => request.Miss).OfType<MissReport>();

    /// <summary>The requests that should have been recorded and were not.</summary>
    internal IEnumerable<ReceivedRequest> Lost => Requests.Where(request => request.IsLost);

    /// <summary>The address.</summary>
    public override string ToString() => Uri.ToString();
}
