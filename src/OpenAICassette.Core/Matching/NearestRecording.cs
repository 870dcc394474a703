using System.Globalization;

namespace OpenAICassette.Matching;

/// <summary>Finds the recording that is most similar to a request and describes the differences.</summary>
/// <param name="entries">Gets the recordings.</param>
/// <param name="ignored">The ignored members.</param>
/// <param name="scrub">Removes the secrets from a recorded request.</param>
/// <param name="cancellation">Ends the work when the client no longer waits for the report.</param>
internal sealed class NearestRecording(
    SimilarEntries entries,
    MemberPatterns ignored,
    Func<ApiRequest, ApiRequest> scrub,
    CancellationToken cancellation
)
{
    private const int MostCompared = 24;
    private const int MostOperations = 20;

    /// <summary>The limit for all comparisons together: less than 50 ms on a slow processor.</summary>
    private const long MostWork = 3_000_000;

    /// <summary>The cost of reading a byte of a recorded request and searching it for secrets.</summary>
    private const int ReadCost = 4;

    /// <summary>Explains why no recording answers a request.</summary>
    public MissReport Explain(ApiRequest request)
    {
        if (Nearest(request, isTaken: IsChosen(request)) is not { } found)
        {
            return Report(request, ReasonForNone(request));
        }

        var (nearest, differences) = found;
        var reason =
            request.Payload is { } payload && ApiRequest.Of(nearest.Interaction) is { IsRaw: false, Payload: null }
                ? $"the body ({payload.ToBody().Bytes.Length} bytes) is not JSON"
            : differences.Total > 0 ? differences.Shown[0].Message
            : differences.IsCut ? "the request or the recording has too many members to compare them all"
            : ReasonForSame(nearest, request);
        return Report(request, reason) with
        {
            Nearest = nearest.Interaction,
            Differences = differences.Shown,
            DifferenceCount = differences.Total,
            IsPartial = differences.IsCut,
        };
    }

    /// <summary>Returns a recording without any difference; null if there is none.</summary>
    public MatchEntry? Same(ApiRequest request)
    {
        var query = QueryHash.Loose(request.Query);
        var isChosen = IsChosen(request);
        var isTaken = (MatchEntry entry) =>
            (entry.TakesAnyQuery || entry.Query == query) && (isChosen is null || isChosen(entry));
        if (Nearest(request, new Predicate<MatchEntry>(isTaken)) is not { } found)
        {
            return null;
        }

        var (nearest, differences) = found;
        var method = MatchEntry.CountedMethod(ApiRequest.Of(nearest.Interaction).Method);
        return differences is { Total: 0, IsCut: false } && method == MatchEntry.CountedMethod(request.Method)
            ? nearest
            : null;
    }

    /// <summary>
    /// Returns the recording with the fewest differences. The most likely ones are compared first, until the budget is
    /// spent.
    /// </summary>
    /// <returns>The recording; null if there are none.</returns>
    private (MatchEntry Entry, DifferenceList Differences)? Nearest(ApiRequest request, Predicate<MatchEntry>? isTaken)
    {
        var sketch = RequestFingerprint.Of(request.Members, ignored).Sketch;
        var budget = new ComparisonBudget(MostWork, cancellation);
        var compared = new List<(MatchEntry Entry, DifferenceList Differences)>();
        foreach (var entry in entries.Nearest(request.Operation.Name, sketch, MostCompared, isTaken))
        {
            compared.Add((entry, Compare(entry, request, budget)));
            if (budget.IsExceeded)
            {
                break;
            }
        }

        // An incomplete comparison only seems to have few differences.
        return compared.Count == 0 ? null : compared.MinBy(one => (one.Differences.IsCut, one.Differences.Weight));
    }

    /// <summary>Returns whether a request may be answered by a recording; null if every one may answer.</summary>
    private static Predicate<MatchEntry>? IsChosen(ApiRequest request) =>
        request.RequiresHost || request.TestId is not null || request.Cassette is not null
            ? entry => entry.IsChosenBy(request)
            : null;

    private List<MatchEntry> All() => [.. entries.Counts.SelectMany(one => entries.Of(one.Operation))];

    private static MissReport Report(ApiRequest request, string reason) =>
        new()
        {
            Method = request.Method,
            Path = request.Path,
            Reason = reason,
        };

    private string ReasonForNone(ApiRequest request)
    {
        var counts = entries.Counts;
        if (IsChosen(request) is { } isChosen)
        {
            var all = All();
            counts =
            [
                .. counts
                    .Select(one => (one.Operation, entries.Of(one.Operation).Count(entry => isChosen(entry))))
                    .Where(one => one.Item2 > 0),
            ];
            if (counts.Count == 0 && all.Count > 0)
            {
                return ReasonForChoice(request, all);
            }
        }

        var known = counts
            .Select(one =>
                string.Create(CultureInfo.InvariantCulture, $"{DifferenceText.Line(one.Operation)} ({one.Count})")
            )
            .ToList();
        var more = known.Count > MostOperations ? $" and {known.Count - MostOperations} more" : string.Empty;
        return known.Count == 0
            ? "there are no recordings"
            : $"no recording for {DifferenceText.Line(request.Operation.Name)}; recorded are {string.Join(", ", known.Take(MostOperations))}{more}";
    }

    private static string ReasonForChoice(ApiRequest request, List<MatchEntry> all)
    {
        if (request.RequiresHost && all.Exists(entry => entry.IsChosenBy(request with { RequiresHost = false })))
        {
            return ReasonForHost(request, all);
        }

        return
            request.Cassette is { } cassette && !all.Exists(entry => entry.IsChosenBy(request with { TestId = null }))
            ? $"the request names the cassette {DifferenceText.Show(cassette)}, but no cassette has that name"
            : $"the request names the test {DifferenceText.Show(request.TestId!)}, but no recording is from that test";
    }

    private static string ReasonForHost(ApiRequest request, List<MatchEntry> all)
    {
        var hosts = all.Where(entry => entry.IsChosenBy(request with { RequiresHost = false }))
            .Select(entry => DifferenceText.Line(entry.Host!))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal)
            .ToList();
        var more = hosts.Count > MostOperations ? $" and {hosts.Count - MostOperations} more" : string.Empty;
        return $"no recording for the host {DifferenceText.Line(request.Host!)}; "
            + $"recorded are {string.Join(", ", hosts.Take(MostOperations))}{more}";
    }

    /// <summary>Explains why a request that equals a recorded one was not answered.</summary>
    private string ReasonForSame(MatchEntry entry, ApiRequest request)
    {
        var recorded = scrub(ApiRequest.Of(entry.Interaction));
        var asked = MatchEntry.Hashes(request, ignored);
        var isSame = asked.AnyQuery == MatchEntry.Hashes(recorded, ignored).AnyQuery;
        var method = recorded.Method != request.Method && request.Method is not ("GET" or "HEAD" or "POST");
        var isChosen = IsChosen(request);
        var played = entries
            .Of(request.Operation.Name)
            .Count(other =>
                (other.Loose == asked.Loose || other.Loose == asked.AnyQuery)
                && other.Plays > 0
                && (isChosen is null || isChosen(other))
            );
        return method
                ? $"method: recorded {DifferenceText.Line(recorded.Method)}, got {DifferenceText.Line(request.Method)}"
            : played > 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"already played ({played} of {played}); each recording is played once"
                )
            : !QueryIsSame(recorded.Query, request.Query)
                ? $"query: recorded {DifferenceText.Show(recorded.Query)}, got {DifferenceText.Show(request.Query)}"
            : !isSame
                ? "the ids that link tool calls with their results, or the placeholders of secrets, repeat in different places"
            : "they differ only in what strict matching compares: null members, stream: false, ids, a single text part instead of its text";
    }

    private bool QueryIsSame(string recorded, string asked) =>
        ignored.IsEmpty
            ? QueryHash.Exact(recorded) == QueryHash.Exact(asked)
            : QueryHash.Loose(recorded) == QueryHash.Loose(asked);

    private DifferenceList Compare(MatchEntry entry, ApiRequest request, ComparisonBudget budget)
    {
        try
        {
            var recorded = ApiRequest.Of(entry.Interaction);
            budget.TrySpend(recorded.Utf8.Length * (long)ReadCost);
            return RequestComparison.Of(scrub(recorded).Members, request.Members, ignored, budget);
        }
        catch (CassetteException e)
        {
            var unread = new DifferenceList();
            unread.Count(double.MaxValue);
            unread.Add(new RequestDifference(string.Empty, DifferenceKind.Missing, e.Message));
            return unread;
        }
    }
}
