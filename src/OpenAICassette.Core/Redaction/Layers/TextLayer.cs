namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Represents a decoded text of a document: a JSON string, the content of base64 in it, or what the chunks of a stream
/// spell. An edit of a layer becomes edits of the layer below, down to the bytes of the file.
/// </summary>
internal abstract class TextLayer : ILayer
{
    private List<TextEdit>? _edits;

    /// <summary>Creates a layer.</summary>
    /// <param name="text">The decoded text.</param>
    /// <param name="depth">Gets the number of layers below.</param>
    protected TextLayer(string text, int depth)
    {
        Text = text;
        Depth = depth;
    }

    /// <summary>Gets the decoded text.</summary>
    public string Text { get; }

    /// <summary>Gets the number of layers below.</summary>
    public int Depth { get; }

    /// <summary>Gets the name of the text's value; empty if it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Returns the place in the file that a character comes from.</summary>
    /// <param name="index">The index of the character.</param>
    public abstract FilePlace PlaceOf(int index);

    /// <summary>Replaces a range. Of overlapping ranges the longest is replaced, and of equal ones the first.</summary>
    public void Replace(TextEdit edit) => (_edits ??= []).Add(edit);

    /// <inheritdoc/>
    public void PushDown()
    {
        if (_edits is null)
        {
            return;
        }

        var kept = new SortedSet<TextEdit>(
            Comparer<TextEdit>.Create(
                (a, b) =>
                    a.End <= b.Start ? -1
                    : b.End <= a.Start ? 1
                    : 0
            )
        );
        foreach (
            var edit in _edits
                .Select((edit, order) => (edit, order))
                .OrderByDescending(each => each.edit.Length)
                .ThenBy(each => each.order)
        )
        {
            kept.Add(edit.edit);
        }

        PushDown([.. kept]);
    }

    /// <summary>Applies edits, in order and without overlaps, to the layer below.</summary>
    protected abstract void PushDown(IReadOnlyList<TextEdit> edits);
}
