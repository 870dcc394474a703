namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// A text that a document holds, decoded, and the way back to where it stands: a JSON string, what base64 in it holds,
/// what a stream's chunks spell. An edit of a layer becomes edits of the layer below, down to the bytes of the file.
/// </summary>
internal abstract class TextLayer
{
    private readonly List<TextEdit> _edits = [];

    /// <summary>Makes a layer.</summary>
    /// <param name="text">The decoded text.</param>
    /// <param name="depth">How many layers are below.</param>
    protected TextLayer(string text, int depth)
    {
        Text = text;
        Depth = depth;
    }

    /// <summary>The decoded text.</summary>
    public string Text { get; }

    /// <summary>How many layers are below.</summary>
    public int Depth { get; }

    /// <summary>The name that the text is the value of; empty when it has none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Where in the file a character comes from.</summary>
    /// <param name="index">The character's index.</param>
    public abstract FilePlace PlaceOf(int index);

    /// <summary>Replaces a range. Of ranges that overlap the longest has it, and of equals the first.</summary>
    public void Replace(TextEdit edit) => _edits.Add(edit);

    /// <summary>Hands the edits to the layer below.</summary>
    public void PushDown()
    {
        if (_edits.Count == 0)
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

    /// <summary>Hands edits, in order and without overlaps, to the layer below.</summary>
    protected abstract void PushDown(IReadOnlyList<TextEdit> edits);
}
