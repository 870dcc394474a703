using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>Compares requests that were received with recorded ones, for tests that say what was to be asked.</summary>
public static class RequestCheck
{
    /// <summary>Tells whether a request is one of those that cassettes hold.</summary>
    /// <param name="request">The request that was received.</param>
    /// <param name="cassettes">The cassettes.</param>
    /// <param name="options">When two requests are the same; null for the defaults.</param>
    /// <returns>Null when it is; else what is different from the nearest one.</returns>
    /// <exception cref="CassetteException">A file cannot be read any more, or has changed since it was listed.</exception>
    public static MissReport? Compare(ReceivedRequest request, IEnumerable<Cassette> cassettes, MatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(cassettes);
        var matcher = new RequestMatcher(options ?? new MatchOptions(), new Redaction.SecretValues().Scrub);
        foreach (var entry in cassettes.SelectMany(cassette => cassette.Interactions).Select(matcher.Prepare).OfType<MatchEntry>())
        {
            matcher.Add(entry);
        }

        return matcher.Find(request.Request) is null ? matcher.Explain(request.Request) : null;
    }
}
