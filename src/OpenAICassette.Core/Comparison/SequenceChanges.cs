namespace OpenAICassette.Comparison;

/// <summary>
/// Computes what two sequences have in common: the shortest edit script of E. W. Myers, "An O(ND) Difference Algorithm"
/// (1986).
/// </summary>
internal static class SequenceChanges
{
    /// <summary>With more edits, the sequences have too little in common for a list of edits to help.</summary>
    private const int MostEdits = 1500;

    /// <summary>
    /// Returns the elements of both sequences in order: common ones, those only in the old and those only in the new
    /// sequence.
    /// </summary>
    public static List<(WordChangeKind Kind, T Item)> Of<T>(
        IReadOnlyList<T> before,
        IReadOnlyList<T> after,
        IEqualityComparer<T>? comparer = null
    )
    {
        comparer ??= EqualityComparer<T>.Default;
        var start = 0;
        while (start < before.Count && start < after.Count && comparer.Equals(before[start], after[start]))
        {
            start++;
        }

        var (oldEnd, newEnd) = (before.Count, after.Count);
        while (oldEnd > start && newEnd > start && comparer.Equals(before[oldEnd - 1], after[newEnd - 1]))
        {
            oldEnd--;
            newEnd--;
        }

        var changes = new List<(WordChangeKind Kind, T Item)>(Math.Max(before.Count, after.Count));
        changes.AddRange(before.Take(start).Select(item => (WordChangeKind.Same, item)));
        changes.AddRange(
            Middle([.. before.Skip(start).Take(oldEnd - start)], [.. after.Skip(start).Take(newEnd - start)], comparer)
        );
        changes.AddRange(before.Skip(oldEnd).Select(item => (WordChangeKind.Same, item)));
        return changes;
    }

    private static IEnumerable<(WordChangeKind Kind, T Item)> Middle<T>(
        T[] before,
        T[] after,
        IEqualityComparer<T> comparer
    )
    {
        if (before.Length == 0 || after.Length == 0 || Trace(before, after, comparer) is not { } trace)
        {
            return before
                .Select(item => (WordChangeKind.Removed, item))
                .Concat(after.Select(item => (WordChangeKind.Added, item)));
        }

        var changes = new List<(WordChangeKind Kind, T Item)>();
        var (x, y) = (before.Length, after.Length);
        for (var edits = trace.Count - 1; edits >= 0; edits--)
        {
            var reached = trace[edits];
            var middle = edits + 1;
            var k = x - y;
            var isAdded = k == -edits || (k != edits && reached[middle + k - 1] < reached[middle + k + 1]);
            var previousX = reached[middle + (isAdded ? k + 1 : k - 1)];
            var previousY = previousX - (isAdded ? k + 1 : k - 1);
            for (; x > previousX && y > previousY; x--, y--)
            {
                changes.Add((WordChangeKind.Same, before[x - 1]));
            }

            if (edits > 0)
            {
                changes.Add(isAdded ? (WordChangeKind.Added, after[y - 1]) : (WordChangeKind.Removed, before[x - 1]));
                (x, y) = (previousX, previousY);
            }
        }

        changes.Reverse();
        return changes;
    }

    /// <summary>
    /// Returns how far each diagonal is reached before each number of edits; null if there are too many edits.
    /// </summary>
    private static List<int[]>? Trace<T>(T[] before, T[] after, IEqualityComparer<T> comparer)
    {
        var most = Math.Min(before.Length + after.Length, MostEdits);
        var reached = new int[(2 * most) + 3];
        var offset = most + 1;
        var trace = new List<int[]>();
        for (var edits = 0; edits <= most; edits++)
        {
            // The way back needs only the diagonals that the last edit can have come from.
            trace.Add(reached[(offset - edits - 1)..(offset + edits + 2)]);
            for (var k = -edits; k <= edits; k += 2)
            {
                var x =
                    k == -edits || (k != edits && reached[offset + k - 1] < reached[offset + k + 1])
                        ? reached[offset + k + 1]
                        : reached[offset + k - 1] + 1;
                var y = x - k;
                while (x < before.Length && y < after.Length && comparer.Equals(before[x], after[y]))
                {
                    x++;
                    y++;
                }

                reached[offset + k] = x;
                if (x >= before.Length && y >= after.Length)
                {
                    return trace;
                }
            }
        }

        return null;
    }
}
