using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>A file that is no JSON, as one text.</summary>
internal sealed class FileLayer : TextLayer
{
    private readonly int _mark;
    private int _index;
    private int _offset;

    /// <summary>Makes the layer of a file in UTF-8.</summary>
    public FileLayer(ReadOnlyMemory<byte> file)
        : base(Encoding.UTF8.GetString(file.Span[JsonText.MarkLength(file.Span)..]), 0)
    {
        _mark = JsonText.MarkLength(file.Span);
    }

    /// <summary>The byte edits, in order.</summary>
    public List<ByteEdit> Edits { get; } = [];

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index)
    {
        // Places are asked for one after the other: the way from the last one is short.
        _offset +=
            index < _index
                ? -Encoding.UTF8.GetByteCount(Text.AsSpan(index, _index - index))
                : Encoding.UTF8.GetByteCount(Text.AsSpan(_index, index - _index));
        _index = index;
        return new(_mark + _offset, -1);
    }

    /// <inheritdoc/>
    protected override void PushDown(IReadOnlyList<TextEdit> edits)
    {
        var (index, offset) = (0, _mark);
        foreach (var edit in edits)
        {
            offset += Encoding.UTF8.GetByteCount(Text.AsSpan(index, edit.Start - index));
            var length = Encoding.UTF8.GetByteCount(Text.AsSpan(edit.Start, edit.Length));
            Edits.Add(new ByteEdit(offset, length, Encoding.UTF8.GetBytes(edit.Text)));
            (index, offset) = (edit.End, offset + length);
        }
    }
}

/// <summary>A place in a file.</summary>
/// <param name="Offset">The byte's offset.</param>
/// <param name="Row">The row of the string in the file's JSON; -1 for a file that is no JSON.</param>
internal readonly record struct FilePlace(int Offset, int Row);
