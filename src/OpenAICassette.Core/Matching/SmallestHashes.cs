namespace OpenAICassette.Matching;

/// <summary>Collects hashes and keeps the smallest ones, each once, in order.</summary>
/// <param name="kept">The memory for those that are kept, which limits their number.</param>
internal ref struct SmallestHashes(Span<int> kept)
{
    private readonly Span<int> _kept = kept;
    private int _count;

    /// <summary>Adds a hash.</summary>
    public void Add(int hash)
    {
        if (_count == _kept.Length && hash >= _kept[^1])
        {
            return;
        }

        var at = ~_kept[.._count].BinarySearch(hash);
        if (at >= 0)
        {
            // The largest one makes room if all places are taken.
            _count = Math.Min(_count + 1, _kept.Length);
            _kept[at..(_count - 1)].CopyTo(_kept[(at + 1)..]);
            _kept[at] = hash;
        }
    }

    /// <summary>Adds hashes.</summary>
    public void Add(ReadOnlySpan<int> hashes)
    {
        foreach (var hash in hashes)
        {
            Add(hash);
        }
    }

    /// <summary>Returns the hashes that are kept.</summary>
    public readonly int[] ToArray() => _kept[.._count].ToArray();
}
