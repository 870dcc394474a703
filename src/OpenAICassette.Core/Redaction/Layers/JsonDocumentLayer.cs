using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>Represents a JSON document: the file itself, or one in a text. It collects byte edits.</summary>
internal sealed class JsonDocumentLayer : ILayer
{
    private readonly List<ByteEdit> _edits = [];
    private readonly Dictionary<int, StringLayer> _strings = [];
    private readonly TextLayer? _parent;
    private readonly int _start;
    private int _index;
    private int _offset;

    /// <summary>Creates the document of a whole file.</summary>
    public JsonDocumentLayer(JsonValue root) => Root = root;

    /// <summary>Creates a document in a text.</summary>
    /// <param name="root">The document.</param>
    /// <param name="parent">The text.</param>
    /// <param name="start">The start of the document in the text.</param>
    public JsonDocumentLayer(JsonValue root, TextLayer parent, int start)
    {
        Root = root;
        _parent = parent;
        _start = start;
    }

    /// <summary>Gets the value of the document.</summary>
    public JsonValue Root { get; }

    /// <summary>Gets the number of layers below.</summary>
    public int Depth => _parent is null ? 0 : _parent.Depth + 1;

    /// <summary>Gets the byte edits in order; of those that overlap, the first.</summary>
    public IReadOnlyList<ByteEdit> Edits
    {
        get
        {
            var edits = new List<ByteEdit>(_edits.Count);
            foreach (var edit in _edits.OrderBy(edit => edit.Start).ThenByDescending(edit => edit.Length))
            {
                if (edits.Count == 0 || edits[^1].Start + edits[^1].Length <= edit.Start)
                {
                    edits.Add(edit);
                }
            }

            return edits;
        }
    }

    /// <summary>Returns the layer of a string or member name.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="name">The name of its value.</param>
    /// <param name="isNew">True the first time.</param>
    public StringLayer StringAt(int row, string name, out bool isNew)
    {
        isNew = !_strings.TryGetValue(row, out var layer);
        if (isNew)
        {
            _strings[row] = layer = new StringLayer(this, row, name);
        }

        return layer!;
    }

    /// <summary>Replaces bytes.</summary>
    public void Replace(ByteEdit edit) => _edits.Add(edit);

    /// <summary>Returns the place in the file that a byte comes from.</summary>
    public FilePlace PlaceOf(int offset, int row) =>
        _parent is null ? new(offset, row) : _parent.PlaceOf(_start + IndexOf(offset));

    /// <inheritdoc/>
    public void PushDown()
    {
        if (_parent is null)
        {
            return;
        }

        var (offset, index) = (0, _start);
        foreach (var edit in Edits)
        {
            var bytes = Root.Tree.Document.Span;
            index += Encoding.UTF8.GetCharCount(bytes[offset..edit.Start]);
            var length = Encoding.UTF8.GetCharCount(bytes.Slice(edit.Start, edit.Length));
            _parent.Replace(new TextEdit(index, length, Encoding.UTF8.GetString(edit.Replacement.Span)));
            (offset, index) = (edit.Start + edit.Length, index + length);
        }
    }

    private int IndexOf(int offset)
    {
        // Places are requested in order, so the search continues at the last one.
        var bytes = Root.Tree.Document.Span;
        _index +=
            offset < _offset
                ? -Encoding.UTF8.GetCharCount(bytes[offset.._offset])
                : Encoding.UTF8.GetCharCount(bytes[_offset..offset]);
        _offset = offset;
        return _index;
    }
}
