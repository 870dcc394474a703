using System.Collections.Concurrent;
using OpenAICassette.Formats.AgentLogs;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// Finds the recording that answers a request: an equal one, otherwise one that differs only in ignored members.
/// </summary>
internal sealed class RequestMatcher
{
    private readonly ConcurrentDictionary<UInt128, MatchGroup> _exact = new();
    private readonly ConcurrentDictionary<UInt128, MatchGroup> _loose = new();
    private readonly ConcurrentDictionary<UInt128, MatchGroup> _sent = new();
    private readonly ConcurrentDictionary<UInt128, MatchGroup> _chosen = new();
    private readonly List<MatchEntry> _entries = [];
    private readonly SimilarEntries _similar = new();
    private readonly SimilarEntries _withPlaceholder = new();
    private readonly MatchOptions _options;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _scrub;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _scrubRecorded;
    private readonly ConcurrentDictionary<string, string> _recordedTexts = new(StringComparer.Ordinal);
    private readonly KnownRequests _known = new();
    private volatile bool _hasPlaceholders;

    /// <summary>Creates a matcher without recordings.</summary>
    /// <param name="options">The matching options.</param>
    /// <param name="scrub">Removes the secrets from a body, so that a scrubbed cassette still matches.</param>
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

    /// <summary>Gets whether recordings can be found by the request as it was sent.</summary>
    public bool FindsSent { get; init; }

    /// <summary>Gets the recordings that can be asked for, in the order in which they were added.</summary>
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

    /// <summary>Prepares a recording. Can be called on any thread.</summary>
    /// <returns>The entry for <see cref="Add"/>; null for a recording that no HTTP request asks for.</returns>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public MatchEntry? Prepare(Interaction interaction)
    {
        if (!MatchEntry.IsAskedFor(interaction))
        {
            return null;
        }

        var recorded = interaction.PeekRequest();
        var request = ReadRecorded(ApiRequest.Of(interaction, recorded), out var print);
        var sent =
            FindsSent && interaction.Url is { } url
                ? SentRequest.Of(recorded, request, ScrubRecordedText(url))
                : UInt128.Zero;
        return new MatchEntry(interaction, recorded, request, print, sent);
    }

    /// <summary>Prepares the interactions of a cassette. Can be called on any thread.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public IReadOnlyList<MatchEntry> Prepare(Cassette cassette) =>
        SessionLog.Of(cassette) is { } log && log.Turns.Count == cassette.Interactions.Count
            ? new SessionEntries(cassette, log, _options.Ignored, Prepare, _scrubRecorded).Read()
            : cassette.Interactions.Select(Prepare).OfType<MatchEntry>().ToArray();

    /// <summary>Adds a recording.</summary>
    /// <param name="entry">The recording.</param>
    /// <param name="isNew">True for a new recording, which does not answer while others are recorded.</param>
    public void Add(MatchEntry entry, bool isNew = false)
    {
        if (!isNew && entry.Sent != UInt128.Zero)
        {
            _sent.GetOrAdd(entry.Sent, _ => new MatchGroup()).Add(entry);
        }

        lock (_entries)
        {
            _entries.Add(entry);
        }

        _similar.Add(entry);
        if (entry.HasPlaceholder)
        {
            _withPlaceholder.Add(entry);
            _hasPlaceholders = true;
        }

        _exact.GetOrAdd(entry.Exact, _ => new MatchGroup()).Add(entry);
        _loose.GetOrAdd(entry.Loose, _ => new MatchGroup()).Add(entry);
        _chosen.Clear();
    }

    /// <summary>Removes recordings.</summary>
    public void Remove(IReadOnlyCollection<MatchEntry> entries)
    {
        var removed = entries.ToHashSet();
        lock (_entries)
        {
            _entries.RemoveAll(removed.Contains);
        }

        _similar.Remove(removed);
        _withPlaceholder.Remove(removed);

        foreach (var entry in removed)
        {
            Remove(_exact, entry.Exact, entry);
            Remove(_loose, entry.Loose, entry);
            Remove(_sent, entry.Sent, entry);
        }

        _chosen.Clear();
    }

    private static void Remove(ConcurrentDictionary<UInt128, MatchGroup> groups, UInt128 hash, MatchEntry entry)
    {
        if (groups.TryGetValue(hash, out var group))
        {
            group.Remove(entry);
            if (group.Last() is null)
            {
                groups.TryRemove(KeyValuePair.Create(hash, group));
            }
        }
    }

    /// <summary>Returns the request without its secrets, which is matched, shown and kept.</summary>
    public ApiRequest Scrub(ApiRequest request) => Scrub(_scrub, request, Scrub);

    /// <summary>Returns the request as someone who does not know its headers would record it.</summary>
    public ApiRequest ScrubAsRecorded(ApiRequest request) => Scrub(_scrubRecorded, request, ScrubRecordedText);

    /// <summary>Returns a recorded request without its secrets.</summary>
    /// <param name="request">The request.</param>
    /// <param name="print">What it is found by.</param>
    private ApiRequest ReadRecorded(ApiRequest request, out RequestFingerprint print)
    {
        // What is found in bytes that are not JSON depends on more than the bytes, and while recording, all is needed.
        var canBeKnown = !FindsSent && request.Encoding is null && !request.IsRaw;
        var key = canBeKnown ? KnownRequests.KeyOf(request) : UInt128.Zero;
        if (canBeKnown && _known.Find(key) is { } known)
        {
            print = known;
            return WithCleanTarget(request, ScrubRecordedText);
        }

        var clean = ScrubAsRecorded(request);
        print = RequestFingerprint.Of(clean.Members, _options.Ignored);
        if (canBeKnown && clean.Utf8.Equals(request.Utf8))
        {
            _known.Add(key, print);
        }

        return clean;
    }

    /// <summary>Returns a text of a request without its secrets.</summary>
    public string Scrub(string text) => ScrubText(_scrub, text);

    /// <summary>Returns the recordings of a request.</summary>
    /// <param name="request">The scrubbed request.</param>
    /// <returns>The recordings; null if there are none.</returns>
    public MatchGroup? Find(ApiRequest request)
    {
        var hashes = MatchEntry.Hashes(request, _options.Ignored);
        return Chosen(_exact, hashes.Exact, request)
            ?? (
                _options.Strict
                    ? null
                    : Chosen(_loose, hashes.Loose, request)
                        ?? Chosen(_loose, hashes.AnyQuery, request)
                        ?? FindScrubbed(request)
            )
            ?? (request.Method == "HEAD" ? Find(request with { Method = "GET" }) : null);
    }

    /// <summary>Returns the recordings of a request whose secrets were replaced otherwise when it was recorded.</summary>
    private MatchGroup? FindScrubbed(ApiRequest request)
    {
        if (!_hasPlaceholders || request.IsRaw)
        {
            return null;
        }

        var same = new NearestRecording(_withPlaceholder, _options.Ignored, Scrub, CancellationToken.None).Same(
            request
        );
        return same is null ? null : Chosen(_loose, same.Loose, request);
    }

    /// <summary>Returns the recordings from before this run of a request that was sent in exactly this way.</summary>
    /// <param name="request">The scrubbed request.</param>
    /// <param name="url">The scrubbed URL to which it would be sent.</param>
    /// <returns>The recordings; null if there are none.</returns>
    public MatchGroup? FindSent(ApiRequest request, string url) =>
        SentRequest
            .Of(request, url)
            .Select(hash => Chosen(_sent, hash, request))
            .FirstOrDefault(group => group is not null);

    /// <summary>Explains why no recording answers a request.</summary>
    /// <param name="request">The scrubbed request.</param>
    /// <param name="cancellation">Ends the work when the client no longer waits for the report.</param>
    /// <exception cref="OperationCanceledException">The client no longer waits.</exception>
    public MissReport Explain(ApiRequest request, CancellationToken cancellation = default) =>
        new NearestRecording(
            _similar,
            _options.Strict ? MemberPatterns.None : _options.Ignored,
            Scrub,
            cancellation
        ).Explain(request);

    /// <summary>
    /// Returns the recordings with a hash that belong to the test, cassette and host that the request names; those that
    /// contain the host come before those without one.
    /// </summary>
    private MatchGroup? Chosen(ConcurrentDictionary<UInt128, MatchGroup> groups, UInt128 hash, ApiRequest request)
    {
        if (!groups.TryGetValue(hash, out var all) || !request.IsChoosing)
        {
            return all;
        }

        var choice = Hash128.Of(request.Choice, 'c');
        var key = Hash128.Then(hash, choice);
        if (_chosen.TryGetValue(key, out var known))
        {
            return known;
        }

        // Clients can send any number of unknown names, so these are not cached.
        var chosen = MatchEntry.Choose(all.Entries, request);
        return chosen.Count == 0 ? null : _chosen.GetOrAdd(key, _ => new MatchGroup(chosen));
    }

    private static ApiRequest Scrub(
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub,
        ApiRequest request,
        Func<string, string> scrubText
    )
    {
        request = request.AsJson(scrub);
        var scrubbed = scrub(request.Utf8);
        var clean = scrubbed.Equals(request.Utf8) ? request : request with { Utf8 = scrubbed, Body = default };
        return WithCleanTarget(clean, scrubText);
    }

    /// <summary>Returns a request without the secrets in its path and query.</summary>
    private static ApiRequest WithCleanTarget(ApiRequest request, Func<string, string> scrubText)
    {
        const string beforeQuery = "x://x?";
        return request with
        {
            Path = scrubText(request.Path),
            Query =
                request.Query.Length == 0 ? string.Empty : scrubText(beforeQuery + request.Query)[beforeQuery.Length..],
        };
    }

    /// <summary>Returns a text of a recorded request without its secrets. Recordings share a few paths.</summary>
    private string ScrubRecordedText(string text)
    {
        const int mostTexts = 1024;
        if (!_recordedTexts.TryGetValue(text, out var clean))
        {
            clean = ScrubText(_scrubRecorded, text);
            if (_recordedTexts.Count < mostTexts)
            {
                _recordedTexts[text] = clean;
            }
        }

        return clean;
    }

    /// <summary>Returns a text without secrets; the rules read JSON.</summary>
    private static string ScrubText(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> scrub, string text)
    {
        var json = AsciiString.Quote(text);
        var clean = scrub(json);
        return clean.Equals((ReadOnlyMemory<byte>)json) ? text : JsonValue.ParseOrUndefined(clean).Text ?? text;
    }
}
