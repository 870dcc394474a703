using System.Text;

namespace OpenAICassette.Matching;

/// <summary>What the matcher keeps of a recorded request: hashes, not the request.</summary>
internal sealed class MatchEntry
{
    private const ulong AnyQuery = 'a';

    private int _plays;

    private MatchEntry(Interaction interaction, ApiRequest request, MemberPatterns ignored, UInt128? sent)
    {
        Interaction = interaction;
        Operation = request.Operation.Name;
        RecordedAt = interaction.Request.SentAt;
        Ordinal = interaction.Request.Ordinal;
        var hashes = Hashes(request, ignored);
        Exact = hashes.Exact;
        Loose = KeepsQuery(interaction) ? hashes.Loose : hashes.AnyQuery;
        Query = QueryHash.Of(request.Query);
        Sent = sent;
        Sketch = new RequestSketch(request.Members, ignored);
    }

    /// <summary>The recorded interaction.</summary>
    public Interaction Interaction { get; }

    /// <summary>The operation.</summary>
    public string Operation { get; }

    /// <summary>The exact hash.</summary>
    public UInt128 Exact { get; }

    /// <summary>The hash without what is ignored.</summary>
    public UInt128 Loose { get; }

    /// <summary>The hash of the part of the query that counts; zero where there is none.</summary>
    public UInt128 Query { get; }

    /// <summary>
    /// The hash of the request as it was sent; null where nobody asks for it, or the recording does not tell.
    /// </summary>
    public UInt128? Sent { get; }

    /// <summary>By what the nearest recording is found.</summary>
    public RequestSketch Sketch { get; }

    /// <summary>When it was recorded, where that is known.</summary>
    public DateTimeOffset? RecordedAt { get; }

    /// <summary>Which of several recordings of one request it is, where that is known.</summary>
    public int Ordinal { get; }

    /// <summary>How often it was played.</summary>
    public int Plays => Volatile.Read(ref _plays);

    /// <summary>Reads an interaction.</summary>
    /// <returns>
    /// What is kept of it; null for a recording of a tool or file, which no HTTP request can ask for.
    /// </returns>
    /// <param name="interaction">The recording.</param>
    /// <param name="scrub">Takes the secrets out of its request.</param>
    /// <param name="ignored">The members that do not count.</param>
    /// <param name="scrubUrl">
    /// Takes the secrets out of its URL; null where nobody asks how the request was sent.
    /// </param>
    public static MatchEntry? Of(
        Interaction interaction,
        Func<ApiRequest, ApiRequest> scrub,
        MemberPatterns ignored,
        Func<string, string>? scrubUrl = null
    )
    {
        if (interaction.Endpoint is null)
        {
            return null;
        }

        var request = scrub(ApiRequest.Of(interaction));
        var sent = scrubUrl is null
            ? null
            : SentRequest.Of(interaction, request, interaction.Url is { } url ? scrubUrl(url) : null);
        return new MatchEntry(interaction, request, ignored, sent);
    }

    /// <summary>The hashes of a request.</summary>
    public static RequestHashes Hashes(ApiRequest request, MemberPatterns ignored)
    {
        // Recorders write POST for everything, so a method counts only where it is an unusual one.
        var method = request.Method is "GET" or "POST" ? "POST" : request.Method;
        var head = Hash128.Of(Encoding.UTF8.GetBytes($"{method} {request.Operation.Name}"), 'o');
        if (request.IsRaw)
        {
            var raw = Hash128.Then(head, Hash128.Of(request.Utf8.Span, 'r'));
            return new(raw, raw, raw);
        }

        var asked = Hash128.Then(head, QueryHash.Of(request.Query));
        var loose = ValueHash.Loose(request.Members, ignored);
        return new(
            Hash128.Then(asked, ValueHash.Exact(request.Members)),
            Hash128.Then(asked, loose),
            Hash128.Then(Hash128.Then(head, AnyQuery), loose)
        );
    }

    /// <summary>
    /// False for an SDK's call that the recorder recorded: it leaves out what the SDK put into the query.
    /// </summary>
    private static bool KeepsQuery(Interaction interaction) =>
        interaction.Request.IsOwn
        || interaction.Url?.Contains('?', StringComparison.Ordinal) == true
        || interaction.Request.CalledPath is null;

    /// <summary>True when the request names no test and no cassette, or this recording's.</summary>
    public bool IsChosenBy(ApiRequest request)
    {
        var cassette = Interaction.Cassette;
        return (request.TestId is null || request.TestId == Interaction.TestId)
            && (
                request.Cassette is not { } name
                || name == cassette.Name
                || name == cassette.RelativePath
                || name == Path.GetFileNameWithoutExtension(cassette.Name)
            );
    }

    /// <summary>
    /// Counts the first play; false when it was played already, be it a moment ago by another request.
    /// </summary>
    public bool TryPlayFirst() => Interlocked.CompareExchange(ref _plays, 1, 0) == 0;

    /// <summary>Counts one more play.</summary>
    public void Play() => Interlocked.Increment(ref _plays);
}

/// <summary>The hashes by which a request's recordings are found.</summary>
/// <param name="Exact">All that was asked.</param>
/// <param name="Loose">The same without the members that do not count.</param>
/// <param name="AnyQuery">The same without the query too: for recordings that do not tell which query was sent.</param>
internal readonly record struct RequestHashes(UInt128 Exact, UInt128 Loose, UInt128 AnyQuery);
