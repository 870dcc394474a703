namespace OpenAICassette.Comparison;

/// <summary>Compares texts word by word.</summary>
internal static class WordChanges
{
    /// <summary>Returns the words with their changes.</summary>
    public static IReadOnlyList<WordChange> Of(string before, string after)
    {
        var words = new List<WordChange>();
        var run = new System.Text.StringBuilder();
        var kind = WordChangeKind.Same;
        foreach (var change in SequenceChanges.Of(Words(before), Words(after)))
        {
            if (change.Kind != kind && run.Length > 0)
            {
                words.Add(new WordChange(kind, run.ToString()));
                run.Clear();
            }

            kind = change.Kind;
            run.Append(change.Item);
        }

        if (run.Length > 0)
        {
            words.Add(new WordChange(kind, run.ToString()));
        }

        return words;
    }

    /// <summary>
    /// Splits a text into runs of letters and digits, runs of white space, and single other characters.
    /// </summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var start = 0; start < text.Length; )
        {
            var end = start + 1;
            if (char.IsLetterOrDigit(text[start]))
            {
                while (end < text.Length && char.IsLetterOrDigit(text[end]))
                {
                    end++;
                }
            }
            else if (char.IsWhiteSpace(text[start]))
            {
                while (end < text.Length && char.IsWhiteSpace(text[end]))
                {
                    end++;
                }
            }
            else if (char.IsHighSurrogate(text[start]) && end < text.Length && char.IsLowSurrogate(text[end]))
            {
                end++;
            }

            words.Add(text[start..end]);
            start = end;
        }

        return words;
    }
}
