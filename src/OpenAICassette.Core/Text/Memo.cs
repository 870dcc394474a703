using System.Collections.Concurrent;

namespace OpenAICassette.Text;

/// <summary>
/// Remembers what was computed from keys that come again and again, such as paths. It forgets everything when it is full.
/// </summary>
/// <param name="compute">Computes a value. The same key always gives the same value.</param>
/// <param name="comparer">Compares keys; null for the default.</param>
internal sealed class Memo<TKey, TValue>(Func<TKey, TValue> compute, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private const int Most = 1024;

    private readonly ConcurrentDictionary<TKey, TValue> _known = new(comparer);

    /// <summary>Returns the value of a key.</summary>
    public TValue Of(TKey key)
    {
        if (_known.TryGetValue(key, out var value))
        {
            return value;
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        return _known[key] = compute(key);
    }
}
