namespace OpenAICassette.Matching;

/// <summary>Holds the recordings of one request in the order in which they are played.</summary>
internal sealed class MatchGroup
{
    private readonly List<MatchEntry> _entries;
    private readonly Lock _lock = new();
    private int _next;

    /// <summary>Creates a group of recordings in order.</summary>
    public MatchGroup(params IEnumerable<MatchEntry> entries)
    {
        _entries = [.. entries];
    }

    /// <summary>Gets the recordings.</summary>
    public IReadOnlyList<MatchEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Adds a recording: by recorded time and ordinal if all have them, otherwise at the end.</summary>
    public void Add(MatchEntry entry)
    {
        lock (_lock)
        {
            var at = _entries.Count;
            while (entry.RecordedAt is not null && at > 0 && IsBefore(entry, _entries[at - 1]))
            {
                at--;
            }

            _entries.Insert(at, entry);
        }
    }

    /// <summary>Returns the next recording to play; null if each one was played once and the sequence ended.</summary>
    public MatchEntry? Next(PlaySequence sequence)
    {
        lock (_lock)
        {
            if (sequence == PlaySequence.Cycle)
            {
                var turn = _entries[_next % _entries.Count];
                _next++;
                turn.Play();
                return turn;
            }

            // The exact and the loose look-up share recordings, so some may have been played already.
            while (_next < _entries.Count)
            {
                if (_entries[_next++].TryPlayFirst())
                {
                    return _entries[_next - 1];
                }
            }

            var last = sequence == PlaySequence.Repeat ? _entries[^1] : null;
            last?.Play();
            return last;
        }
    }

    private static bool IsBefore(MatchEntry entry, MatchEntry other) =>
        other.RecordedAt is { } time
        && (entry.RecordedAt < time || (entry.RecordedAt == time && entry.Ordinal < other.Ordinal));
}
