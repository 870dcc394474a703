using System.Collections.Concurrent;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// Finds the recording that answers a request: one that is the same, else one that differs only in what does not count.
/// </summary>
internal sealed class RequestMatcher
{
    private readonly ConcurrentDictionary<UInt128, MatchGroup> _exact = new();
    private readonly ConcurrentDictionary<UInt128, MatchGroup> _loose = new();
    private readonly ConcurrentDictionary<UInt128, MatchGroup> _sent = new();
    private readonly ConcurrentDictionary<UInt128, MatchGroup> _chosen = new();
    private readonly List<MatchEntry> _entries = [];
    private readonly MatchOptions _options;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _scrub;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _scrubRecorded;

    /// <summary>Makes a matcher without recordings.</summary>
    /// <param name="options">When a request is the one that was recorded.</param>
    /// <param name="scrub">Takes the secrets out of a body, so that a cassette that was scrubbed still matches.</param>
    /// <param name="scrubRecorded">
    /// The same for what was recorded, where nothing is known of the requests to come; null for
    /// <paramref name="scrub"/>.
    /// </param>
    public RequestMatcher(
        MatchOptions options,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? scrubRecorded = null
    )
    {
        _options = options;
        _scrub = scrub;
        _scrubRecorded = scrubRecorded ?? scrub;
    }

    /// <summary>True to be able to find recordings by how their request was sent.</summary>
    public bool FindsSent { get; init; }

    /// <summary>The recordings that can be asked for, in the order in which they were added.</summary>
    public IReadOnlyList<MatchEntry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Prepares a recording; this may be done on many threads.</summary>
    /// <returns>What <see cref="Add"/> takes; null for a recording that no HTTP request can ask for.</returns>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public MatchEntry? Prepare(Interaction interaction) =>
        MatchEntry.Of(
            interaction,
            ScrubAsRecorded,
            _options.Ignored,
            FindsSent ? url => ScrubText(_scrubRecorded, url) : null
        );

    /// <summary>Adds a recording.</summary>
    /// <param name="entry">The recording.</param>
    /// <param name="isNew">True for one that was made just now, which does not answer while others are made.</param>
    public void Add(MatchEntry entry, bool isNew = false)
    {
        if (!isNew && entry.Sent is { } sent)
        {
            _sent.GetOrAdd(sent, _ => new MatchGroup()).Add(entry);
        }

        lock (_entries)
        {
            _entries.Add(entry);
        }

        _exact.GetOrAdd(entry.Exact, _ => new MatchGroup()).Add(entry);
        _loose.GetOrAdd(entry.Loose, _ => new MatchGroup()).Add(entry);
        _chosen.Clear();
    }

    /// <summary>The request without its secrets, which is what is matched, told and kept.</summary>
    public ApiRequest Scrub(ApiRequest request) => Scrub(_scrub, request);

    /// <summary>
    /// The request as it would be recorded by somebody who does not know what this one's headers hold.
    /// </summary>
    public ApiRequest ScrubAsRecorded(ApiRequest request) => Scrub(_scrubRecorded, request);

    /// <summary>A text of a request without its secrets.</summary>
    public string Scrub(string text) => ScrubText(_scrub, text);

    /// <summary>The recordings of a request.</summary>
    /// <param name="request">The scrubbed request.</param>
    /// <returns>The recordings; null when there are none.</returns>
    public MatchGroup? Find(ApiRequest request)
    {
        var hashes = MatchEntry.Hashes(request, _options.Ignored);
        return Chosen(_exact, hashes.Exact, request)
            ?? (
                _options.Strict
                    ? null
                    : Chosen(_loose, hashes.Loose, request) ?? Chosen(_loose, hashes.AnyQuery, request)
            )
            ?? (request.Method == "HEAD" ? Find(request with { Method = "GET" }) : null);
    }

    /// <summary>The recordings, from before this run, of a request that was sent just so.</summary>
    /// <param name="request">The scrubbed request.</param>
    /// <param name="url">The scrubbed URL to which it would be sent.</param>
    /// <returns>The recordings; null when there are none.</returns>
    public MatchGroup? FindSent(ApiRequest request, string url) =>
        request.IsRaw
            ? null
            : SentRequest
                .Of(request, url)
                .Select(hash => Chosen(_sent, hash, request))
                .FirstOrDefault(group => group is not null);

    /// <summary>Why nothing answers a request.</summary>
    /// <param name="request">The scrubbed request.</param>
    /// <param name="cancellation">Ends the work: nobody waits for the report any more.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public MissReport Explain(ApiRequest request, CancellationToken cancellation = default) =>
        new NearestRecording(
            Entries,
            _options.Strict ? MemberPatterns.None : _options.Ignored,
            Scrub,
            cancellation
        ).Explain(request);

    /// <summary>
    /// The recordings with a hash, or those of them that the request chose by naming its test or a cassette.
    /// </summary>
    private MatchGroup? Chosen(ConcurrentDictionary<UInt128, MatchGroup> groups, UInt128 hash, ApiRequest request)
    {
        if (!groups.TryGetValue(hash, out var all) || (request.TestId is null && request.Cassette is null))
        {
            return all;
        }

        var choice = Hash128.Of(Encoding.UTF8.GetBytes($"{request.TestId}\n{request.Cassette}"), 'c');
        var key = Hash128.Then(hash, choice);
        if (_chosen.TryGetValue(key, out var known))
        {
            return known;
        }

        // Names that choose nothing are without number, so they are not kept.
        var chosen = all.Entries.Where(entry => entry.IsChosenBy(request)).ToList();
        return chosen.Count == 0 ? null : _chosen.GetOrAdd(key, _ => new MatchGroup(chosen));
    }

    private static ApiRequest Scrub(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub, ApiRequest request)
    {
        const string beforeQuery = "x://x?";
        var scrubbed = scrub(request.Utf8);
        var clean = scrubbed.Equals(request.Utf8) ? request : request with { Utf8 = scrubbed, Body = default };
        return clean with
        {
            Path = ScrubText(scrub, request.Path),
            Query = ScrubText(scrub, beforeQuery + request.Query)[beforeQuery.Length..],
        };
    }

    /// <summary>A text without secrets; the rules read JSON.</summary>
    private static string ScrubText(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub, string text)
    {
        var json = AsciiString.Quote(text);
        var clean = scrub(json);
        return clean.Equals((ReadOnlyMemory<byte>)json) ? text : JsonValue.ParseOrUndefined(clean).Text ?? text;
    }
}
