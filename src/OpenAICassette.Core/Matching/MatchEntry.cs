using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>Represents a recorded request in the matcher: its hashes, not the request itself.</summary>
internal sealed class MatchEntry
{
    private const ulong AnyQuery = 'a';

    private int _plays;

    /// <summary>Creates the entry of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="recorded">Its request as recorded.</param>
    /// <param name="request">The same, scrubbed.</param>
    /// <param name="print">What the scrubbed request is found by.</param>
    /// <param name="sent">The hash of the request as it was sent; zero if it is not needed or not recorded.</param>
    public MatchEntry(
        Interaction interaction,
        RecordedRequest recorded,
        ApiRequest request,
        RequestFingerprint print,
        UInt128 sent
    )
    {
        Interaction = interaction;
        Operation = RecurringTexts.Share(request.Operation.Name);
        Host = RecurringTexts.Share(request.Host);
        RecordedAt = recorded.SentAt;
        Ordinal = recorded.Ordinal;
        var hashes = Hashes(request, print.Exact, print.Loose);
        Exact = hashes.Exact;
        TakesAnyQuery = !KeepsQuery(interaction, recorded);
        Loose = TakesAnyQuery ? hashes.AnyQuery : hashes.Loose;
        HasPlaceholder = !request.IsRaw && PlaceholderText.IsIn(request.Utf8.Span);
        Query = QueryHash.Loose(request.Query);
        Sent = sent;
        Sketch = print.Sketch;
    }

    /// <summary>Creates the entry of a call in a log, whose URL is not known.</summary>
    /// <param name="interaction">The call.</param>
    /// <param name="request">Its request without messages, scrubbed.</param>
    /// <param name="hashes">The hashes of the whole request.</param>
    /// <param name="sketch">The sketch of the whole request.</param>
    /// <param name="hasPlaceholder">Whether the whole request contains the placeholder of a secret.</param>
    public MatchEntry(
        Interaction interaction,
        ApiRequest request,
        RequestHashes hashes,
        RequestSketch sketch,
        bool hasPlaceholder
    )
    {
        Interaction = interaction;
        Operation = RecurringTexts.Share(request.Operation.Name);
        Host = RecurringTexts.Share(request.Host);
        RecordedAt = interaction.Request.SentAt;
        (Exact, TakesAnyQuery, HasPlaceholder, Sketch) = (
            hashes.Exact,
            !KeepsQuery(interaction, interaction.Request),
            hasPlaceholder,
            sketch
        );
        Loose = TakesAnyQuery ? hashes.AnyQuery : hashes.Loose;
        Query = QueryHash.Loose(request.Query);
    }

    /// <summary>Gets the recorded interaction.</summary>
    public Interaction Interaction { get; }

    /// <summary>Gets the operation.</summary>
    public string Operation { get; }

    /// <summary>Gets the host that the request was sent to; null if the recording does not contain it.</summary>
    public string? Host { get; }

    /// <summary>Gets the exact hash.</summary>
    public UInt128 Exact { get; }

    /// <summary>Gets the hash without ignored members.</summary>
    public UInt128 Loose { get; }

    /// <summary>Gets whether the body contains the placeholder of a secret.</summary>
    public bool HasPlaceholder { get; }

    /// <summary>Gets whether the recording does not contain the query of the request.</summary>
    public bool TakesAnyQuery { get; }

    /// <summary>Gets the hash of the relevant part of the query; zero if there is none.</summary>
    public UInt128 Query { get; }

    /// <summary>Gets the hash of the request as it was sent; zero if it is not needed or not recorded.</summary>
    public UInt128 Sent { get; }

    /// <summary>Gets the sketch that finds the nearest recording.</summary>
    public RequestSketch Sketch { get; }

    /// <summary>Gets when it was recorded; null if that is unknown.</summary>
    public DateTimeOffset? RecordedAt { get; }

    /// <summary>Gets its ordinal among recordings of the same request; 0 if that is unknown.</summary>
    public int Ordinal { get; }

    /// <summary>Gets how often it was played.</summary>
    public int Plays => Volatile.Read(ref _plays);

    /// <summary>Returns whether HTTP requests ask for an interaction, which is not so of tools and files.</summary>
    public static bool IsAskedFor(Interaction interaction) =>
        interaction.Endpoint is not null && interaction.Method != ExchangeDraft.GrpcMethod;

    /// <summary>Returns the hashes of a request.</summary>
    public static RequestHashes Hashes(ApiRequest request, MemberPatterns ignored) =>
        Hashes(request, request.Members.ExactHash, ValueHash.Loose(request.Members, ignored));

    /// <summary>Returns the hashes of a request whose body has these.</summary>
    public static RequestHashes Hashes(ApiRequest request, UInt128 exact, UInt128 loose)
    {
        var head = Hash128.Of($"{CountedMethod(request.Method)} {request.Operation.Name}", 'o');
        return new(
            Hash128.Then(Hash128.Then(head, QueryHash.Exact(request.Query)), exact),
            Hash128.Then(Hash128.Then(head, QueryHash.Loose(request.Query)), loose),
            Hash128.Then(Hash128.Then(head, AnyQuery), loose)
        );
    }

    /// <summary>Returns a method as it counts: recorders write POST for everything, so GET and POST are the same.</summary>
    public static string CountedMethod(string method) => method is "GET" ? "POST" : method;

    /// <summary>Returns false for an SDK call of the recorder, which leaves out the SDK's query.</summary>
    private static bool KeepsQuery(Interaction interaction, RecordedRequest recorded) =>
        recorded.IsOwn
        || interaction.Url?.Contains('?', StringComparison.Ordinal) == true
        || recorded.CalledPath is null;

    /// <summary>
    /// Returns whether the request names this recording's test and cassette, or none, and may be answered by its host. A
    /// recording without a host is for any.
    /// </summary>
    public bool IsChosenBy(ApiRequest request)
    {
        var cassette = Interaction.Cassette;
        return (!request.RequiresHost || Host is null || IsOf(request.Host))
            && (request.TestId is null || request.TestId == Interaction.TestId)
            && (
                request.Cassette is not { } name
                || name == cassette.Name
                || name == cassette.RelativePath
                || name == Path.GetFileNameWithoutExtension(cassette.Name)
            );
    }

    /// <summary>Returns whether the recording is of a host.</summary>
    public bool IsOf(string? host) => Host is not null && Host.Equals(host, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Returns the recordings that a request chooses: of its own host; if there are none, those without a host; if there
    /// are none either, those of other hosts, unless the host is required.
    /// </summary>
    public static List<MatchEntry> Choose(IEnumerable<MatchEntry> entries, ApiRequest request)
    {
        var chosen = entries.Where(entry => entry.IsChosenBy(request)).ToList();
        if (request.Host is null)
        {
            return chosen;
        }

        var own = chosen.FindAll(entry => entry.IsOf(request.Host));
        var any = own.Count > 0 ? own : chosen.FindAll(entry => entry.Host is null);
        return any.Count > 0 ? any : chosen;
    }

    /// <summary>Counts a play.</summary>
    public void Play() => Interlocked.Increment(ref _plays);

    /// <summary>Takes back a play.</summary>
    public void Unplay() => Interlocked.Decrement(ref _plays);

    /// <summary>Counts from zero again.</summary>
    public void ResetPlays() => Volatile.Write(ref _plays, 0);
}

/// <summary>Represents the hashes by which the recordings of a request are found.</summary>
/// <param name="Exact">The hash of everything.</param>
/// <param name="Loose">The hash without ignored members.</param>
/// <param name="AnyQuery">
/// The hash without ignored members and without the query, for recordings that do not contain it.
/// </param>
internal readonly record struct RequestHashes(UInt128 Exact, UInt128 Loose, UInt128 AnyQuery);
