namespace OpenAICassette.Matching;

/// <summary>The recordings of one request, in the order in which they are played.</summary>
internal sealed class MatchGroup
{
    private readonly List<MatchEntry> _entries;
    private readonly Lock _lock = new();
    private int _next;

    /// <summary>Makes a group of recordings that are in order.</summary>
    public MatchGroup(params IEnumerable<MatchEntry> entries)
    {
        _entries = [.. entries];
    }

    /// <summary>The recordings.</summary>
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

    /// <summary>
    /// Adds a recording: by recorded time and ordinal where all have them, else after those that are there.
    /// </summary>
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

    /// <summary>The recording that is to be played now; null when each was played once and that was all.</summary>
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

            // Another way of asking, with or without what is ignored, may have played some of them.
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
