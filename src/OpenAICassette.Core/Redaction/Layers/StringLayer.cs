using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>Represents a JSON string or member name.</summary>
internal sealed class StringLayer : TextLayer
{
    private readonly JsonDocumentLayer _document;
    private readonly int _row;
    private DecodedString? _places;

    /// <summary>Creates the layer of a row.</summary>
    public StringLayer(JsonDocumentLayer document, int row, string name)
        : base(JsonText.Decode(document.Root.Tree.Bytes(row)[1..^1]), document.Depth + 1)
    {
        _document = document;
        _row = row;
        Name = name;
    }

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index) => _document.PlaceOf(OffsetOf(index), _row);

    /// <inheritdoc/>
    protected override void PushDown(IReadOnlyList<TextEdit> edits)
    {
        foreach (var edit in edits)
        {
            var start = OffsetOf(edit.Start);
            _document.Replace(new ByteEdit(start, OffsetOf(edit.End) - start, Escaped(edit.Text)));
        }
    }

    private int OffsetOf(int index)
    {
        _places ??= new DecodedString(_document.Root.Tree.Bytes(_row)[1..^1]);
        return _document.Root.Tree.Row(_row).Start + 1 + _places.OffsetOf(index);
    }

    private static byte[] Escaped(string text)
    {
        var bytes = new ByteBuilder(text.Length + 16);
        AsciiString.Write(bytes, text);
        return bytes.Span[1..^1].ToArray();
    }
}
