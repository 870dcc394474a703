namespace OpenAICassette.Comparison;

/// <summary>
/// Represents the changed words of two texts by their places in them. As texts they would take the memory of both
/// again, for as long as somebody keeps the comparison.
/// </summary>
internal sealed class WordRuns
{
    private readonly string _before;
    private readonly string _after;
    private readonly Run[] _runs;

    private WordRuns(string before, string after, Run[] runs)
    {
        _before = before;
        _after = after;
        _runs = runs;
    }

    /// <summary>Returns the places of words; null unless the words are those of both texts, in order.</summary>
    public static WordRuns? Find(IReadOnlyList<WordChange> words, string? before, string? after)
    {
        if (before is null || after is null || words.Count == 0)
        {
            return null;
        }

        var runs = new Run[words.Count];
        var (old, new_) = (0, 0);
        for (var i = 0; i < runs.Length; i++)
        {
            var (kind, text) = words[i];
            if (
                (kind != WordChangeKind.Added && !StartsWith(before, old, text))
                || (kind != WordChangeKind.Removed && !StartsWith(after, new_, text))
            )
            {
                return null;
            }

            runs[i] = new Run(kind, kind == WordChangeKind.Added ? new_ : old, text.Length);
            old += kind == WordChangeKind.Added ? 0 : text.Length;
            new_ += kind == WordChangeKind.Removed ? 0 : text.Length;
        }

        return old == before.Length && new_ == after.Length ? new WordRuns(before, after, runs) : null;
    }

    /// <summary>Returns the words.</summary>
    public WordChange[] ToArray() => Array.ConvertAll(_runs, WordsOf);

    private WordChange WordsOf(Run run) =>
        new(run.Kind, (run.Kind == WordChangeKind.Added ? _after : _before).Substring(run.Start, run.Length));

    private static bool StartsWith(string text, int at, string words) =>
        text.AsSpan(at).StartsWith(words, StringComparison.Ordinal);

    private readonly record struct Run(WordChangeKind Kind, int Start, int Length);
}
