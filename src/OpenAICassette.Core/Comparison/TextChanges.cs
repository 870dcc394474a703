namespace OpenAICassette.Comparison;

/// <summary>Compares texts.</summary>
internal static class TextChanges
{
    /// <summary>One part in so many must be the same.</summary>
    private const int LeastInCommon = 5;

    /// <summary>The difference of two texts, word by word when both are there; null when they are the same.</summary>
    public static CassetteDifference? Of(DifferenceArea area, string place, string? before, string? after) =>
        before == after
            ? null
            : new CassetteDifference(area, place, before, after)
            {
                Words = before is { Length: > 0 } && after is { Length: > 0 } ? Words(before, after) : [],
            };

    /// <summary>The words, unless the texts have too little in common for that to help.</summary>
    private static IReadOnlyList<WordChange> Words(string before, string after)
    {
        var words = WordChanges.Of(before, after);
        var same = words
            .Where(word => word.Kind == WordChangeKind.Same)
            .Sum(word => word.Text.Count(char.IsLetterOrDigit));
        return same * LeastInCommon >= Math.Min(before.Length, after.Length) ? words : [];
    }
}
