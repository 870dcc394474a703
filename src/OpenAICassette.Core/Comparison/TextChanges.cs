namespace OpenAICassette.Comparison;

/// <summary>Compares texts.</summary>
internal static class TextChanges
{
    /// <summary>One part in this many must be equal.</summary>
    private const int LeastInCommon = 5;

    /// <summary>Returns the difference of two texts, word by word if both exist; null if they are equal.</summary>
    public static CassetteDifference? Of(DifferenceArea area, string place, string? before, string? after) =>
        before == after
            ? null
            : new CassetteDifference(area, place, before, after)
            {
                Words = before is { Length: > 0 } && after is { Length: > 0 } ? Words(before, after) : [],
            };

    /// <summary>Returns the words, unless the texts have too little in common.</summary>
    private static IReadOnlyList<WordChange> Words(string before, string after)
    {
        var words = WordChanges.Of(before, after);
        var same = words
            .Where(word => word.Kind == WordChangeKind.Same)
            .Sum(word => word.Text.Count(char.IsLetterOrDigit));
        return same * LeastInCommon >= Math.Min(before.Length, after.Length) ? words : [];
    }
}
