namespace OpenAICassette.Matching;

/// <summary>Holds the recordings of one request in the order in which they are played.</summary>
internal sealed class MatchGroup
{
    // Mostly there is one recording, and there are as many groups as recordings.
    private readonly List<MatchEntry> _entries = new(1);

    /// <summary>Creates a group of recordings in order.</summary>
    public MatchGroup(params IEnumerable<MatchEntry> entries) => _entries.AddRange(entries);

    /// <summary>Gets the recordings.</summary>
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

    /// <summary>Adds a recording: by recorded time and ordinal if all have them, otherwise at the end.</summary>
    public void Add(MatchEntry entry)
    {
        lock (_entries)
        {
            var at = _entries.Count;
            while (entry.RecordedAt is not null && at > 0 && IsBefore(entry, _entries[at - 1]))
            {
                at--;
            }

            _entries.Insert(at, entry);
        }
    }

    /// <summary>Removes a recording.</summary>
    public void Remove(MatchEntry entry)
    {
        lock (_entries)
        {
            _entries.Remove(entry);
        }
    }

    /// <summary>
    /// Returns the first recording from a position on that is taken; otherwise the number of recordings as the position.
    /// </summary>
    /// <param name="from">The position.</param>
    /// <param name="take">Takes a recording, or returns false.</param>
    public (MatchEntry? Entry, int At) First(int from, Predicate<MatchEntry> take)
    {
        lock (_entries)
        {
            for (var at = from; at < _entries.Count; at++)
            {
                if (take(_entries[at]))
                {
                    return (_entries[at], at);
                }
            }

            return (null, _entries.Count);
        }
    }

    /// <summary>Returns a recording by its position, which may exceed their number.</summary>
    /// <returns>The recording; null if there are none any more.</returns>
    public MatchEntry? InTurn(int turn)
    {
        lock (_entries)
        {
            return _entries.Count == 0 ? null : _entries[turn % _entries.Count];
        }
    }

    /// <summary>Returns the last recording; null if there are none any more.</summary>
    public MatchEntry? Last()
    {
        lock (_entries)
        {
            return _entries.Count == 0 ? null : _entries[^1];
        }
    }

    private static bool IsBefore(MatchEntry entry, MatchEntry other) =>
        other.RecordedAt is { } time
        && (entry.RecordedAt < time || (entry.RecordedAt == time && entry.Ordinal < other.Ordinal));
}
