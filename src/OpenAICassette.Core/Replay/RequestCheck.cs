using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>Compares received requests with recorded ones, for assertions in tests.</summary>
public static class RequestCheck
{
    /// <summary>Compares a request with the recorded requests of cassettes.</summary>
    /// <param name="request">The received request.</param>
    /// <param name="cassettes">The cassettes.</param>
    /// <param name="options">The options for matching; null for the defaults.</param>
    /// <returns>Null if a recorded request matches; otherwise the differences from the nearest one.</returns>
    /// <exception cref="CassetteException">
    /// A file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static MissReport? Compare(
        ReceivedRequest request,
        IEnumerable<Cassette> cassettes,
        MatchOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(cassettes);
        var matcher = new RequestMatcher(options ?? new MatchOptions(), new Redaction.SecretValues().Scrub);
        foreach (
            var entry in cassettes
                .SelectMany(cassette => cassette.Interactions)
                .Select(matcher.Prepare)
                .OfType<MatchEntry>()
        )
        {
            matcher.Add(entry);
        }

        return matcher.Find(request.Request) is null ? matcher.Explain(request.Request) : null;
    }
}
