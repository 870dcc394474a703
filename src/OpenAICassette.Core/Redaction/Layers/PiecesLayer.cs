using OpenAICassette.Formats;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Represents a packed text or an event stream in pieces, as the network gave them to a recorder: an array of texts in
/// base64 or hexadecimal digits. It is packed as a whole again when it changes, and has as many pieces as before.
/// </summary>
internal sealed class PiecesLayer : TextLayer
{
    private readonly IReadOnlyList<TextLayer> _pieces;
    private readonly Func<string, byte[]> _toBytes;
    private readonly bool _isHex;

    private PiecesLayer(IReadOnlyList<TextLayer> pieces, string text, Func<string, byte[]> toBytes, bool isHex)
        : base(text, pieces[0].Depth + 1)
    {
        _pieces = pieces;
        _toBytes = toBytes;
        _isHex = isHex;
    }

    /// <summary>Returns whether a text may be the first piece.</summary>
    public static bool MayBeginWith(ReadOnlySpan<char> piece) =>
        PackedBytes.IsMarked(piece) || IsMarkedHex(piece) || piece.StartsWith("AAA", StringComparison.Ordinal);

    /// <summary>Returns the text of pieces; null if they are not a packed text.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    /// <exception cref="ScanLimitException">The text cannot be unpacked, or to more than the limit allows.</exception>
    public static PiecesLayer? Of(IReadOnlyList<TextLayer> pieces, ScanBudget budget)
    {
        var isHex = IsMarkedHex(pieces[0].Text);
        var bytes = pieces
            .Select(piece => isHex ? RecordedBytes.FromHex(piece.Text) : RecordedBytes.FromBase64(piece.Text))
            .ToList();
        return
            bytes.TrueForAll(piece => piece is not null)
            && EncodedText.Plain([.. bytes.SelectMany(piece => piece!)], budget) is var (text, toBytes)
            ? new PiecesLayer(pieces, text, toBytes, isHex)
            : null;
    }

    /// <inheritdoc/>
    public override FilePlace PlaceOf(int index) => _pieces[0].PlaceOf(0);

    /// <inheritdoc/>
    protected override void PushDown(IReadOnlyList<TextEdit> edits)
    {
        var bytes = _toBytes(TextEdit.Apply(Text, edits)).AsSpan();
        for (var i = 0; i < _pieces.Count; i++)
        {
            // The last piece has what is left.
            var length = i < _pieces.Count - 1 ? Math.Max(1, bytes.Length / (_pieces.Count - i)) : bytes.Length;
            var piece = bytes[..Math.Min(length, bytes.Length)];
            var encoded = _isHex ? Convert.ToHexStringLower(piece) : Convert.ToBase64String(piece);
            _pieces[i].Replace(new TextEdit(0, _pieces[i].Text.Length, encoded));
            bytes = bytes[piece.Length..];
        }
    }

    /// <summary>
    /// Returns whether hexadecimal digits begin as gzip, zstd, or the length of an event stream's message.
    /// </summary>
    private static bool IsMarkedHex(ReadOnlySpan<char> piece) =>
        piece.StartsWith("0000", StringComparison.Ordinal)
        || piece.StartsWith("1f8b08", StringComparison.OrdinalIgnoreCase)
        || piece.StartsWith("28b52ffd", StringComparison.OrdinalIgnoreCase);
}
