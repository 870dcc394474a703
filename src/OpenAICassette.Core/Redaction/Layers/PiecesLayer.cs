using OpenAICassette.Formats;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Represents a packed text or an event stream in pieces, as the network gave them to a recorder: texts in base64 or
/// hexadecimal digits. It is packed as a whole again when it changes, and has as many pieces as before; those before
/// and after what changed stay as they are.
/// </summary>
internal sealed class PiecesLayer : TextLayer
{
    private readonly IReadOnlyList<TextLayer> _pieces;
    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly Func<string, byte[]> _toBytes;
    private readonly bool _isHex;

    private PiecesLayer(
        IReadOnlyList<TextLayer> pieces,
        byte[] bytes,
        int[] ends,
        string text,
        Func<string, byte[]> toBytes,
        bool isHex
    )
        : base(text, pieces[0].Depth + 1)
    {
        _pieces = pieces;
        _bytes = bytes;
        _ends = ends;
        _toBytes = toBytes;
        _isHex = isHex;
    }

    /// <summary>Returns whether a text may be the first piece.</summary>
    public static bool MayBeginWith(ReadOnlySpan<char> piece) =>
        PackedBytes.IsMarked(piece) || IsMarkedHex(piece) || piece.StartsWith("AAA", StringComparison.Ordinal);

    /// <summary>
    /// Returns whether base64 or hexadecimal digits begin as the length of an event stream's message does.
    /// </summary>
    public static bool BeginsEvents(ReadOnlySpan<byte> piece) =>
        piece.StartsWith("AAA"u8) || piece.StartsWith("0000"u8);

    /// <summary>Returns the text of pieces; null if they are not a packed text.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    /// <exception cref="ScanLimitException">The text cannot be unpacked, or to more than the limit allows.</exception>
    public static PiecesLayer? Of(IReadOnlyList<TextLayer> pieces, ScanBudget budget)
    {
        var isHex = IsMarkedHex(pieces[0].Text);
        var (all, ends) = (new ByteBuilder(pieces.Sum(piece => piece.Text.Length)), new int[pieces.Count]);
        for (var i = 0; i < pieces.Count; i++)
        {
            var text = pieces[i].Text;
            if ((isHex ? RecordedBytes.FromHex(text) : RecordedBytes.FromBase64(text)) is not { } bytes)
            {
                return null;
            }

            all.Append(bytes);
            ends[i] = all.Length;
        }

        var joined = all.ToArray();
        return EncodedText.Plain(joined, budget) is var (plain, toBytes)
            ? new PiecesLayer(pieces, joined, ends, plain, toBytes, isHex)
            : null;
    }

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index) => _pieces[0].PlaceOf(0);

    /// <inheritdoc/>
    protected override void PushDown(IReadOnlyList<TextEdit> edits)
    {
        var bytes = _toBytes(TextEdit.Apply(Text, edits));
        var same = SameIn(bytes);
        var start = 0;
        for (var i = 0; i < _pieces.Count; i++)
        {
            // Each piece that follows has at least a byte, and the last one has what is left.
            var following = _pieces.Count - 1 - i;
            var most = Math.Max(start, bytes.Length - following);
            var end =
                following == 0
                    ? bytes.Length
                    : Math.Clamp(EndIn(bytes.Length, _ends[i], same), Math.Min(start + 1, most), most);
            var piece = bytes.AsSpan(start, end - start);
            var encoded = _isHex ? Convert.ToHexStringLower(piece) : Convert.ToBase64String(piece);
            if (encoded != _pieces[i].Text)
            {
                _pieces[i].Replace(new TextEdit(0, _pieces[i].Text.Length, encoded));
            }

            start = end;
        }
    }

    /// <summary>Returns how many bytes at the beginning and at the end are as before.</summary>
    private (int First, int Last) SameIn(byte[] changed)
    {
        var first = _bytes.AsSpan().CommonPrefixLength(changed);
        var most = Math.Min(_bytes.Length, changed.Length) - first;
        var last = 0;
        while (last < most && _bytes[^(last + 1)] == changed[^(last + 1)])
        {
            last++;
        }

        return (first, last);
    }

    /// <summary>Returns where a piece ends in changed bytes; within what changed, in proportion.</summary>
    private int EndIn(int length, int end, (int First, int Last) same)
    {
        var (before, after) = (_bytes.Length - same.First - same.Last, length - same.First - same.Last);
        return end <= same.First ? end
            : end >= _bytes.Length - same.Last ? end + length - _bytes.Length
            : same.First + (int)((long)(end - same.First) * after / before);
    }

    /// <summary>
    /// Returns whether hexadecimal digits begin as gzip, zstd, or the length of an event stream's message.
    /// </summary>
    private static bool IsMarkedHex(ReadOnlySpan<char> piece) =>
        piece.StartsWith("0000", StringComparison.Ordinal)
        || piece.StartsWith("1f8b08", StringComparison.OrdinalIgnoreCase)
        || piece.StartsWith("28b52ffd", StringComparison.OrdinalIgnoreCase);
}
