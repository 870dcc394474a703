using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>Represents a file that is not JSON as one text.</summary>
internal sealed class FileLayer : TextLayer
{
    private readonly int _mark;
    private int _index;
    private int _offset;

    /// <summary>Creates the layer of a UTF-8 file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="text">The file's text; null to decode it.</param>
    public FileLayer(ReadOnlyMemory<byte> file, string? text = null)
        : base(text ?? Encoding.UTF8.GetString(file.Span[JsonText.MarkLength(file.Span)..]), 0)
    {
        _mark = JsonText.MarkLength(file.Span);
    }

    /// <summary>Gets the byte edits, in order.</summary>
    public List<ByteEdit> Edits { get; } = [];

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index)
    {
        // Places are requested in order, so the search continues at the last one.
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

/// <summary>Represents a place in a file.</summary>
/// <param name="Offset">The offset of the byte.</param>
/// <param name="Row">The row of the string in the file's JSON; -1 if the file is not JSON.</param>
internal readonly record struct FilePlace(int Offset, int Row);
