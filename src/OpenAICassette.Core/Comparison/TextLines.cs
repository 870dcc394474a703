namespace OpenAICassette.Comparison;

/// <summary>Compares texts line by line, for two columns.</summary>
internal static class TextLines
{
    /// <summary>The number of equal lines that are shown around changed ones.</summary>
    private const int Context = 3;

    /// <summary>Returns the rows: equal lines, pairs of an old and a new line with their words, and gaps.</summary>
    public static IEnumerable<LinePair> Of(string before, string after)
    {
        var rows = All(before, after).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            var gap = rows.Skip(i).TakeWhile(row => row.IsSame).Count();
            var (head, tail) = (i == 0 ? 0 : Context, i + gap == rows.Count ? 0 : Context);
            if (gap <= head + tail + 1)
            {
                yield return rows[i];
                continue;
            }

            foreach (var row in rows.Skip(i).Take(head))
            {
                yield return row;
            }

            yield return new LinePair(null, null, gap - head - tail);
            foreach (var row in rows.Skip(i + gap - tail).Take(tail))
            {
                yield return row;
            }

            i += gap - 1;
        }
    }

    private static IEnumerable<LinePair> All(string before, string after)
    {
        var changes = SequenceChanges.Of(Lines(before), Lines(after));
        for (var i = 0; i < changes.Count; )
        {
            if (changes[i].Kind == WordChangeKind.Same)
            {
                WordChange[] line = [new(WordChangeKind.Same, changes[i].Item)];
                yield return new LinePair(line, line, 0);
                i++;
                continue;
            }

            var block = changes.Skip(i).TakeWhile(change => change.Kind != WordChangeKind.Same).ToList();
            var old = block
                .Where(change => change.Kind == WordChangeKind.Removed)
                .Select(change => change.Item)
                .ToList();
            var now = block.Where(change => change.Kind == WordChangeKind.Added).Select(change => change.Item).ToList();
            for (var row = 0; row < Math.Max(old.Count, now.Count); row++)
            {
                yield return Pair(old.ElementAtOrDefault(row), now.ElementAtOrDefault(row));
            }

            i += block.Count;
        }
    }

    private static LinePair Pair(string? old, string? now)
    {
        if (old is null || now is null)
        {
            return new LinePair(
                old is null ? null : [new(WordChangeKind.Removed, old)],
                now is null ? null : [new(WordChangeKind.Added, now)],
                0
            );
        }

        var words = WordChanges.Of(old, now);
        return new LinePair(
            [.. words.Where(word => word.Kind != WordChangeKind.Added)],
            [.. words.Where(word => word.Kind != WordChangeKind.Removed)],
            0
        );
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');
}

/// <summary>Represents a row of two columns.</summary>
/// <param name="Old">The words of the old line; null for a line that was added.</param>
/// <param name="New">The words of the new line; null for a line that was removed.</param>
/// <param name="Left">The number of equal lines that are left out here; 0 for a row with lines.</param>
internal sealed record LinePair(IReadOnlyList<WordChange>? Old, IReadOnlyList<WordChange>? New, int Left)
{
    /// <summary>Gets whether both lines are equal.</summary>
    public bool IsSame => ReferenceEquals(Old, New) && Old is not null;
}
