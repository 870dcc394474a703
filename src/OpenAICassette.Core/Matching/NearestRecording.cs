using System.Globalization;

namespace OpenAICassette.Matching;

/// <summary>Finds the recording that is most like a request, and says what is different.</summary>
internal sealed class NearestRecording(IReadOnlyList<MatchEntry> entries, MemberPatterns ignored, Func<ApiRequest, ApiRequest> scrub)
{
    private const int MostCompared = 24;

    /// <summary>Why nothing answers a request.</summary>
    public MissReport Explain(ApiRequest request)
    {
        var chosen = entries.Where(entry => entry.IsChosenBy(request)).ToList();
        var candidates = chosen.Where(entry => entry.Operation == request.Operation.Name).ToList();
        if (candidates.Count == 0)
        {
            return Report(request, ReasonForNone(request, chosen));
        }

        var sketch = new RequestSketch(request.Members, ignored);
        var nearest = candidates
            .OrderByDescending(entry => entry.Sketch.Likeness(sketch)).Take(MostCompared)
            .Select(entry => (Entry: entry, Differences: Compare(entry, request)))
            .MinBy(compared => compared.Differences.Sum(difference => difference.Weight));
        var reason = request.IsRaw ? string.Create(CultureInfo.InvariantCulture, $"the body ({request.Utf8.Length} bytes) is not JSON")
            : nearest.Differences.Count > 0 ? nearest.Differences[0].Message
            : ReasonForSame(nearest.Entry, request, candidates);
        return Report(request, reason) with { Nearest = nearest.Entry.Interaction, Differences = nearest.Differences };
    }

    private static MissReport Report(ApiRequest request, string reason) => new() { Method = request.Method, Path = request.Path, Reason = reason };

    private string ReasonForNone(ApiRequest request, List<MatchEntry> chosen)
    {
        if (chosen.Count == 0 && entries.Count > 0)
        {
            return request.Cassette is { } cassette && !entries.Any(entry => entry.IsChosenBy(request with { TestId = null }))
                ? $"the request names the cassette {DifferenceText.Show(cassette)}, and there is none of that name"
                : $"the request names the test {DifferenceText.Show(request.TestId!)}, and nothing was recorded by it";
        }

        var known = chosen.GroupBy(entry => entry.Operation, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} ({group.Count()})")).ToList();
        return known.Count == 0 ? "there are no recordings" : $"nothing was recorded for {DifferenceText.Line(request.Operation.Name)}; there is {string.Join(", ", known)}";
    }

    /// <summary>Why a request that is the same as a recorded one still got no answer.</summary>
    private string ReasonForSame(MatchEntry entry, ApiRequest request, List<MatchEntry> candidates)
    {
        var recorded = scrub(ApiRequest.Of(entry.Interaction));
        var asked = MatchEntry.Hashes(request, ignored);
        var isSame = asked.AnyQuery == MatchEntry.Hashes(recorded, ignored).AnyQuery;
        var method = recorded.Method != request.Method && request.Method is not ("GET" or "HEAD" or "POST");
        var played = candidates.Count(other => (other.Loose == asked.Loose || other.Loose == asked.AnyQuery) && other.Plays > 0);
        return method ? $"method: recorded {recorded.Method}, got {request.Method}"
            : played > 0 ? string.Create(CultureInfo.InvariantCulture, $"it was played already, {played} of {played}, and each recording is to be played once")
            : QueryHash.Of(recorded.Query) != QueryHash.Of(request.Query) ? $"query: recorded {DifferenceText.Show(recorded.Query)}, got {DifferenceText.Show(request.Query)}"
            : !isSame ? "the ids that link tool calls with their results, or the placeholders of secrets, are equal in other places"
            : "they differ only in what does not count when matching is not strict: members that are null, stream: false, what ids are called, one part of text for its text";
    }

    private IReadOnlyList<RequestDifference> Compare(MatchEntry entry, ApiRequest request)
    {
        try
        {
            return RequestComparison.Of(scrub(ApiRequest.Of(entry.Interaction)).Members, request.Members, ignored);
        }
        catch (CassetteException e)
        {
            return [new RequestDifference(string.Empty, DifferenceKind.Missing, e.Message) { Weight = double.MaxValue }];
        }
    }
}
