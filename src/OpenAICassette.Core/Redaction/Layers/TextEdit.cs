namespace OpenAICassette.Redaction.Layers;

/// <summary>A range of a text and what takes its place.</summary>
/// <param name="Start">Index of the first character to replace.</param>
/// <param name="Length">How many characters to replace.</param>
/// <param name="Text">The new text.</param>
internal readonly record struct TextEdit(int Start, int Length, string Text)
{
    /// <summary>The index after the last character to replace.</summary>
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
