using System.Collections.Concurrent;

namespace OpenAICassette.Matching;

/// <summary>
/// Remembers requests without secrets by their bytes, so that one that was recorded many times is searched for secrets
/// and read once. Can be used on any thread.
/// </summary>
internal sealed class KnownRequests
{
    private const int Most = 4_096;

    private readonly ConcurrentDictionary<UInt128, RequestFingerprint> _prints = new();
    private int _count;

    /// <summary>Returns what a request is known by.</summary>
    public static UInt128 KeyOf(ApiRequest request) =>
        Hash128.Then(Hash128.Of(request.Path, 'k'), Hash128.Of(request.Utf8.Span, 'k'));

    /// <summary>Returns what a request is found by; null if it is not known.</summary>
    public RequestFingerprint? Find(UInt128 key) => _prints.GetValueOrDefault(key);

    /// <summary>Remembers a request.</summary>
    public void Add(UInt128 key, RequestFingerprint print)
    {
        if (Volatile.Read(ref _count) < Most && _prints.TryAdd(key, print))
        {
            Interlocked.Increment(ref _count);
        }
    }
}
