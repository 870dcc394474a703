using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>A JSON document: the file itself, or one inside a text. It collects byte edits.</summary>
internal sealed class JsonDocumentLayer
{
    private readonly List<ByteEdit> _edits = [];
    private readonly Dictionary<int, StringLayer> _strings = [];
    private readonly TextLayer? _parent;
    private readonly int _start;
    private int _index;
    private int _offset;

    /// <summary>A document that is the whole file.</summary>
    public JsonDocumentLayer(JsonValue root) => Root = root;

    /// <summary>A document inside a text.</summary>
    /// <param name="root">The document.</param>
    /// <param name="parent">The text.</param>
    /// <param name="start">Where in the text the document starts.</param>
    public JsonDocumentLayer(JsonValue root, TextLayer parent, int start)
    {
        Root = root;
        _parent = parent;
        _start = start;
    }

    /// <summary>The document's value.</summary>
    public JsonValue Root { get; }

    /// <summary>How many layers are below.</summary>
    public int Depth => _parent is null ? 0 : _parent.Depth + 1;

    /// <summary>The byte edits in order; the first of those that overlap.</summary>
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

    /// <summary>The layer of a string or member name.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="name">The name that it is the value of.</param>
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

    /// <summary>Where in the file a byte comes from.</summary>
    public FilePlace PlaceOf(int offset, int row) =>
        _parent is null ? new(offset, row) : _parent.PlaceOf(_start + IndexOf(offset));

    /// <summary>Hands the edits to the text that holds the document.</summary>
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
        // Places are asked for one after the other: the way from the last one is short.
        var bytes = Root.Tree.Document.Span;
        _index +=
            offset < _offset
                ? -Encoding.UTF8.GetCharCount(bytes[offset.._offset])
                : Encoding.UTF8.GetCharCount(bytes[_offset..offset]);
        _offset = offset;
        return _index;
    }
}
