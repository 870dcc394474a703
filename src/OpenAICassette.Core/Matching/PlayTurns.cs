namespace OpenAICassette.Matching;

/// <summary>
/// Represents how far clients have come in the recordings of each request. All clients of a server share one, except
/// those that name a session of their own.
/// </summary>
internal sealed class PlayTurns
{
    private readonly Dictionary<MatchGroup, int> _next = [];
    private readonly HashSet<MatchEntry> _played = [];
    private readonly Lock _lock = new();

    /// <summary>Returns the next recording to play; null if each one was played once and the sequence ended.</summary>
    public MatchEntry? Next(MatchGroup group, PlaySequence sequence)
    {
        var entry = Choose(group, sequence);
        entry?.Play();
        return entry;
    }

    /// <summary>Returns the recordings of a group in the order of playing: those that were not played first.</summary>
    public IReadOnlyList<MatchEntry> Others(MatchGroup group)
    {
        lock (_lock)
        {
            return [.. group.Entries.OrderBy(_played.Contains)];
        }
    }

    /// <summary>Notes that another recording was played than the one that was begun.</summary>
    public void Exchange(MatchGroup group, MatchEntry begun, MatchEntry played)
    {
        lock (_lock)
        {
            if (_played.Add(played))
            {
                // The one that was begun is still to be played.
                _played.Remove(begun);
                _next.Remove(group);
            }
        }

        begun.Unplay();
        played.Play();
    }

    /// <summary>Notes that a recording was begun but is still to be played.</summary>
    public void Return(MatchGroup group, MatchEntry begun)
    {
        lock (_lock)
        {
            _played.Remove(begun);
            _next.Remove(group);
        }

        begun.Unplay();
    }

    /// <summary>Marks a recording as played.</summary>
    public void Leave(MatchEntry entry)
    {
        lock (_lock)
        {
            _played.Add(entry);
        }
    }

    /// <summary>Starts over.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _next.Clear();
            _played.Clear();
        }
    }

    private MatchEntry? Choose(MatchGroup group, PlaySequence sequence)
    {
        lock (_lock)
        {
            var next = _next.GetValueOrDefault(group);
            if (sequence == PlaySequence.Cycle)
            {
                _next[group] = next + 1;
                return group.InTurn(next);
            }

            // The exact and the loose look-up share recordings, so some may have been played already.
            var (entry, at) = group.First(next, _played.Add);
            _next[group] = entry is null ? at : at + 1;
            return entry ?? (sequence == PlaySequence.Repeat ? group.Last() : null);
        }
    }
}
