namespace OpenAICassette.Redaction.Layers;

/// <summary>Represents a range of a text and its replacement.</summary>
/// <param name="Start">The index of the first character.</param>
/// <param name="Length">The number of characters.</param>
/// <param name="Text">The replacement.</param>
internal readonly record struct TextEdit(int Start, int Length, string Text)
{
    /// <summary>Gets the index after the last character.</summary>
    public int End => Start + Length;

    /// <summary>Applies edits that are in order and do not overlap.</summary>
    public static string Apply(string text, IReadOnlyList<TextEdit> edits)
    {
        var result = new System.Text.StringBuilder(text.Length + 64);
        var done = 0;
        foreach (var edit in edits)
        {
            result.Append(text, done, edit.Start - done).Append(edit.Text);
            done = edit.End;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}
