namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Represents a text with characters that are escaped in the layer below, whose positions it maps. Placeholders need no
/// escaping; other replacements can.
/// </summary>
internal class MappedLayer : TextLayer
{
    private readonly TextLayer _parent;
    private readonly int[] _indexes;

    /// <summary>Creates a layer.</summary>
    /// <param name="parent">The layer below.</param>
    /// <param name="text">The decoded text.</param>
    /// <param name="indexes">The index in the layer below for each character and for the end.</param>
    public MappedLayer(TextLayer parent, string text, int[] indexes)
        : base(text, parent.Depth + 1)
    {
        _parent = parent;
        _indexes = indexes;
    }

    /// <summary>Gets the layer below.</summary>
    public TextLayer Below => _parent;

    /// <summary>Returns the index of a character in the layer below.</summary>
    public int IndexBelow(int index) => _indexes[index];

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index) => _parent.PlaceOf(_indexes[index]);

    /// <inheritdoc/>
    protected override void PushDown(IReadOnlyList<TextEdit> edits)
    {
        foreach (var edit in edits)
        {
            var start = _indexes[edit.Start];
            _parent.Replace(new TextEdit(start, EndBelow(edit.End) - start, Written(edit.Text)));
        }
    }

    /// <summary>Returns the index in the layer below at which the characters before a character end.</summary>
    protected virtual int EndBelow(int index) => _indexes[index];

    /// <summary>Returns a text as it is written in the layer below.</summary>
    protected virtual string Written(string text) => text;
}
