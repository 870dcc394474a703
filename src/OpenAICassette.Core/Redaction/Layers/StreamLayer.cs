using System.Buffers;

namespace OpenAICassette.Redaction.Layers;

/// <summary>What the chunks of a stream spell together.</summary>
internal class StreamLayer : TextLayer
{
    private static readonly SearchValues<char> s_punctuation = SearchValues.Create(" !#$%&()*+,-./:;<=>?@[]^_`{|}~");

    private readonly IReadOnlyList<TextLayer> _pieces;
    private readonly int[] _starts;

    /// <summary>Makes a layer of pieces.</summary>
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

    /// <summary>The piece that a character is in, and those after it; the one in which a range ends.</summary>
    public int PieceAt(int index)
    {
        var found = Array.BinarySearch(_starts, index);
        if (found < 0)
        {
            return ~found - 1;
        }

        // Pieces without text start at the same index; the last of them has the character.
        while (found + 1 < _starts.Length && _starts[found + 1] == index)
        {
            found++;
        }

        return found;
    }

    /// <summary>
    /// Spreads each replacement over the pieces of what it replaces, so that the pieces together read as if it had been
    /// streamed. A piece of nothing but punctuation gives nothing away and stays; the replacement then stands whole
    /// before the first such one.
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
    /// <param name="edit">The edit in the piece's own text.</param>
    protected virtual void Replace(int piece, TextEdit edit) => _pieces[piece].Replace(edit);

    /// <summary>What one piece of a range gets of the replacement.</summary>
    /// <param name="edit">The edit.</param>
    /// <param name="piece">Which of the range's pieces it is.</param>
    /// <param name="count">How many pieces share the replacement; those after them get nothing.</param>
    /// <param name="start">Where the piece's part of the range starts.</param>
    /// <param name="end">Where it ends.</param>
    protected virtual string Share(TextEdit edit, int piece, int count, int start, int end) =>
        piece >= count
            ? string.Empty
            : edit.Text[
                (int)((long)edit.Text.Length * piece / count)..(int)((long)edit.Text.Length * (piece + 1) / count)
            ];

    /// <summary>
    /// The pieces of a range with what each has of it; the first one alone for a range without length.
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

    /// <summary>True for what may stay: a quote or a backslash would be half of something.</summary>
    private bool IsPunctuation(int start, int end) =>
        end > start && Text.AsSpan(start, end - start).IndexOfAnyExcept(s_punctuation) < 0;
}
