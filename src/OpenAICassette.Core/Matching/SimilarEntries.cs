using System.Buffers;
using System.Runtime.InteropServices;

namespace OpenAICassette.Matching;

/// <summary>
/// Holds recordings by operation and finds those that resemble a request. Their marks are next to each other in memory,
/// so that many thousand recordings are passed over in a millisecond. Can be used on any thread.
/// </summary>
internal sealed class SimilarEntries
{
    /// <summary>How many recordings have their sketches compared; the others are judged by their marks alone.</summary>
    private const int MostSketched = 8_000;

    private readonly Dictionary<string, Operation> _operations = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Gets the number of recordings of each operation, in the order of their names.</summary>
    public IReadOnlyList<(string Operation, int Count)> Counts
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _operations
                        .OrderBy(one => one.Key, StringComparer.Ordinal)
                        .Select(one => (one.Key, one.Value.Entries.Count)),
                ];
            }
        }
    }

    /// <summary>Adds a recording.</summary>
    public void Add(MatchEntry entry)
    {
        lock (_lock)
        {
            if (!_operations.TryGetValue(entry.Operation, out var operation))
            {
                _operations[entry.Operation] = operation = new Operation([], []);
            }

            operation.Entries.Add(entry);
            operation.Marks.Add(entry.Sketch.Mark);
        }
    }

    /// <summary>Removes recordings.</summary>
    public void Remove(IReadOnlySet<MatchEntry> removed)
    {
        lock (_lock)
        {
            foreach (var (name, operation) in _operations.ToList())
            {
                if (operation.Entries.RemoveAll(removed.Contains) > 0)
                {
                    operation.Marks.Clear();
                    operation.Marks.AddRange(operation.Entries.Select(entry => entry.Sketch.Mark));
                }

                if (operation.Entries.Count == 0)
                {
                    _operations.Remove(name);
                }
            }
        }
    }

    /// <summary>Returns the recordings of an operation, in the order in which they were added.</summary>
    public IReadOnlyList<MatchEntry> Of(string operation)
    {
        lock (_lock)
        {
            return _operations.TryGetValue(operation, out var found) ? [.. found.Entries] : [];
        }
    }

    /// <summary>Returns the recordings of an operation that resemble a request most, the nearest first.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="sketch">The sketch of the request.</param>
    /// <param name="most">How many to return.</param>
    /// <param name="isTaken">Returns false for a recording that is not wanted; null if all are.</param>
    public IReadOnlyList<MatchEntry> Nearest(
        string operation,
        RequestSketch sketch,
        int most,
        Predicate<MatchEntry>? isTaken
    )
    {
        List<MatchEntry> likely;
        lock (_lock)
        {
            if (!_operations.TryGetValue(operation, out var found))
            {
                return [];
            }

            likely =
                isTaken is not null ? Likely(found.Of(isTaken), sketch.Mark)
                : found.Entries.Count > MostSketched ? Likely(found, sketch.Mark)
                : [.. found.Entries];
        }

        return [.. likely.OrderByDescending(entry => entry.Sketch.Likeness(sketch)).Take(most)];
    }

    /// <summary>Returns the recordings whose marks resemble that of a request most, in their order.</summary>
    private static List<MatchEntry> Likely(Operation operation, SketchMark mark)
    {
        var marks = CollectionsMarshal.AsSpan(operation.Marks);
        var likeness = ArrayPool<short>.Shared.Rent(marks.Length);
        Span<int> counts = stackalloc int[SketchMark.MostLikeness + 1];
        counts.Clear();
        for (var i = 0; i < marks.Length; i++)
        {
            counts[likeness[i] = (short)SketchMark.Likeness(in marks[i], in mark)]++;
        }

        // The least likeness with which at most so many are taken, and how many of that likeness fit.
        var (least, left) = (SketchMark.MostLikeness, MostSketched);
        while (least > 0 && counts[least] <= left)
        {
            left -= counts[least--];
        }

        var likely = new List<MatchEntry>(Math.Min(MostSketched, marks.Length));
        for (var i = 0; i < marks.Length; i++)
        {
            if (likeness[i] > least || (likeness[i] == least && left-- > 0))
            {
                likely.Add(operation.Entries[i]);
            }
        }

        ArrayPool<short>.Shared.Return(likeness);
        return likely;
    }

    /// <summary>Holds the recordings of an operation, and their marks at the same positions.</summary>
    private sealed record Operation(List<MatchEntry> Entries, List<SketchMark> Marks)
    {
        public Operation Of(Predicate<MatchEntry> isTaken)
        {
            var entries = Entries.FindAll(isTaken);
            return new Operation(entries, [.. entries.Select(entry => entry.Sketch.Mark)]);
        }
    }
}
