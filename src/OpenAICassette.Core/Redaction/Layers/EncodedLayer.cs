namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Represents a text that is encoded as a whole in a range of the layer below, and is encoded again when it changes.
/// </summary>
internal sealed class EncodedLayer : TextLayer
{
    private readonly TextLayer _parent;
    private readonly int _start;
    private readonly int _length;
    private readonly Func<string, string> _encode;

    /// <summary>Creates a layer.</summary>
    /// <param name="parent">The layer below.</param>
    /// <param name="start">The start of the encoded text in it.</param>
    /// <param name="length">The length of the encoded text.</param>
    /// <param name="text">The decoded text.</param>
    /// <param name="encode">Encodes a text in the same way.</param>
    public EncodedLayer(TextLayer parent, int start, int length, string text, Func<string, string> encode)
        : base(text, parent.Depth + 1)
    {
        _parent = parent;
        _start = start;
        _length = length;
        _encode = encode;
    }

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index) => _parent.PlaceOf(_start);

    /// <inheritdoc/>
    protected override void PushDown(IReadOnlyList<TextEdit> edits) =>
        _parent.Replace(new TextEdit(_start, _length, _encode(TextEdit.Apply(Text, edits))));
}
