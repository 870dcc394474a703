
namespace OpenAICassette.Matching;

/// <summary>
/// Hashes a request as it was sent to a service: method, host, path, query and body. While recording, only a recording
/// that agrees in all of these may answer.
/// </summary>
internal static class SentRequest
{
    private const ulong NoQueryKept = 'n';

    /// <summary>Returns the hash of a recorded request.</summary>
    /// <param name="recorded">The recorded request.</param>
    /// <param name="request">The same, scrubbed.</param>
    /// <param name="url">Its URL, scrubbed.</param>
    public static UInt128 Of(RecordedRequest recorded, ApiRequest request, string url)
    {
        // The recorder writes POST for every SDK call, appends the endpoint to the client's base URL, and leaves out
        // queries.
        var call = recorded.CalledPath;
        var (address, query) = Parts(url);
        var method = call is not null && request.Operation.IsList ? "GET" : request.Method;
        var sent =
            call is not null && address.EndsWith(call, StringComparison.Ordinal)
                ? $"{address[..^call.Length]}/{request.Operation.Name}"
                : address;
        return Hash(method, sent, call is not null && query.Length == 0 ? null : query, request.Members);
    }

    /// <summary>Returns the hashes that recordings of a request may have, the most specific first.</summary>
    /// <param name="request">The request, scrubbed.</param>
    /// <param name="url">The URL to which it would be sent, scrubbed.</param>
    public static IEnumerable<UInt128> Of(ApiRequest request, string url)
    {
        var (address, query) = Parts(url);
        yield return Hash(request.Method, address, query, request.Members);
        if (QueryHash.Loose(query) == UInt128.Zero)
        {
            yield return Hash(request.Method, address, query: null, request.Members);
        }
    }

    private static UInt128 Hash(string method, string address, string? query, RequestBody body)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var host = address.IndexOf('/', scheme < 0 ? 0 : scheme + 3);
        var (authority, path) = host < 0 ? (address, string.Empty) : (address[..host], address[host..]);
        var segments = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        var target = PlaceholderText.Normalize($"{method} {authority.ToLowerInvariant()}/{segments}", new Ordinals());
        var sum = query is null ? Hash128.Of([], NoQueryKept) : QueryHash.Exact(query);
        return Hash128.Then(Hash128.Then(Hash128.Of(target, 't'), sum), body.ExactHash);
    }

    private static (string Address, string Query) Parts(string url) =>
        url.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0
            ? (url[..mark], url[(mark + 1)..])
            : (url, string.Empty);
}
