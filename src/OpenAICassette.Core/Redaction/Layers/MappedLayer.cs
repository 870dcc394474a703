namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// A text of which some characters stood escaped in the layer below: each character knows where it came from. A
/// placeholder needs no escape in any of them; what is more than one line may.
/// </summary>
internal class MappedLayer : TextLayer
{
    private readonly TextLayer _parent;
    private readonly int[] _indexes;

    /// <summary>Makes a layer.</summary>
    /// <param name="parent">The layer below.</param>
    /// <param name="text">The decoded text.</param>
    /// <param name="indexes">For each character, and for the end, its index in the layer below.</param>
    public MappedLayer(TextLayer parent, string text, int[] indexes)
        : base(text, parent.Depth + 1)
    {
        _parent = parent;
        _indexes = indexes;
    }

    /// <summary>The layer below.</summary>
    public TextLayer Below => _parent;

    /// <summary>The index in the layer below of a character's first.</summary>
    public int IndexBelow(int index) => _indexes[index];

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index) => _parent.PlaceOf(_indexes[index]);

    /// <inheritdoc/>
    protected override void PushDown(IReadOnlyList<TextEdit> edits)
    {
        foreach (var edit in edits)
        {
            var start = _indexes[edit.Start];
            _parent.Replace(new TextEdit(start, _indexes[edit.End] - start, Written(edit.Text)));
        }
    }

    /// <summary>A text as it is written in the layer below.</summary>
    protected virtual string Written(string text) => text;
}
