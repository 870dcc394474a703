using System.Buffers;

namespace OpenAICassette.Redaction.Layers;

/// <summary>Represents the text that the chunks of a stream spell together.</summary>
internal class StreamLayer : TextLayer
{
    private static readonly SearchValues<char> s_punctuation = SearchValues.Create(" !#$%&()*+,-./:;<=>?@[]^_`{|}~");

    private readonly IReadOnlyList<TextLayer> _pieces;
    private readonly int[] _starts;

    /// <summary>Creates a layer of pieces.</summary>
    public StreamLayer(IReadOnlyList<TextLayer> pieces)
        : base(string.Concat(pieces.Select(piece => piece.Text)), pieces[0].Depth + 1)
    {
        _pieces = pieces;
        _starts = new int[pieces.Count + 1];
        for (var i = 0; i < pieces.Count; i++)
        {
            _starts[i + 1] = _starts[i] + pieces[i].Text.Length;
        }

        Name = pieces[0].Name;
    }

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index)
    {
        var piece = Math.Min(PieceAt(index), _pieces.Count - 1);
        return _pieces[piece].PlaceOf(index - _starts[piece]);
    }

    /// <summary>
    /// Returns the pieces from the one that contains a character; the last one is where a range ends.
    /// </summary>
    public int PieceAt(int index)
    {
        var found = Array.BinarySearch(_starts, index);
        if (found < 0)
        {
            return ~found - 1;
        }

        // Pieces without text start at the same index; the last of them contains the character.
        while (found + 1 < _starts.Length && _starts[found + 1] == index)
        {
            found++;
        }

        return found;
    }

    /// <summary>
    /// Distributes each replacement over the pieces of its range, so that the pieces still read like a stream. A piece
    /// of punctuation reveals nothing and stays; the replacement is then placed before the first one.
    /// </summary>
    protected override void PushDown(IReadOnlyList<TextEdit> edits)
    {
        foreach (var edit in edits)
        {
            var parts = Parts(edit).ToList();
            var begin = parts.FindIndex(part => !IsPunctuation(part.Start, part.End));
            var telling = begin < 0 ? parts : parts.FindAll(part => !IsPunctuation(part.Start, part.End));
            var gap = begin < 0 ? -1 : parts.FindIndex(begin, part => IsPunctuation(part.Start, part.End));
            var count = gap < 0 ? telling.Count : gap - begin;
            for (var i = 0; i < telling.Count; i++)
            {
                var (piece, start, end) = telling[i];
                Replace(piece, new TextEdit(start - _starts[piece], end - start, Share(edit, i, count, start, end)));
            }
        }
    }

    /// <summary>Replaces a range of one piece.</summary>
    /// <param name="piece">The piece's index.</param>
    /// <param name="edit">The edit of the piece's own text.</param>
    protected virtual void Replace(int piece, TextEdit edit) => _pieces[piece].Replace(edit);

    /// <summary>Returns one piece's part of the replacement.</summary>
    /// <param name="edit">The edit.</param>
    /// <param name="piece">The index of the piece in the range.</param>
    /// <param name="count">The number of pieces that share the replacement; later ones get nothing.</param>
    /// <param name="start">The start of the piece's part of the range.</param>
    /// <param name="end">The end of that part.</param>
    protected virtual string Share(TextEdit edit, int piece, int count, int start, int end) =>
        piece >= count
            ? string.Empty
            : edit.Text[
                (int)((long)edit.Text.Length * piece / count)..(int)((long)edit.Text.Length * (piece + 1) / count)
            ];

    /// <summary>
    /// Returns the pieces of a range with their parts of it; only the first piece for an empty range.
    /// </summary>
    private IEnumerable<(int Piece, int Start, int End)> Parts(TextEdit edit)
    {
        var first = PieceAt(edit.Start);
        var last = edit.Length == 0 ? first : PieceAt(edit.End - 1);
        for (var piece = first; piece <= last; piece++)
        {
            var start = Math.Max(edit.Start, _starts[piece]);
            var end = Math.Min(edit.End, _starts[piece + 1]);
            if (end > start || first == last)
            {
                yield return (piece, start, end);
            }
        }
    }

    /// <summary>Returns whether a piece can stay; a quotation mark or backslash would be half of something.</summary>
    private bool IsPunctuation(int start, int end) =>
        end > start && Text.AsSpan(start, end - start).IndexOfAnyExcept(s_punctuation) < 0;
}
