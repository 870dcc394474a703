using System.Globalization;
using System.Text;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Represents what a list of model tokens spells. A token keeps its length and punctuation, because its bytes are
/// recorded beside it; its letters and digits are masked. Alternatives with the same text change with it.
/// </summary>
internal sealed class TokenLayer : StreamLayer
{
    private readonly List<(TextLayer Text, JsonDocumentLayer Document, JsonValue Token)>[] _copies;

    /// <summary>Creates a layer of tokens.</summary>
    /// <param name="pieces">The texts of the tokens.</param>
    /// <param name="tokens">The objects that contain them, each with its document.</param>
    /// <param name="open">Returns the layer of a string of a document.</param>
    public TokenLayer(
        IReadOnlyList<TextLayer> pieces,
        IReadOnlyList<(JsonDocumentLayer Document, JsonValue Token)> tokens,
        Func<JsonDocumentLayer, JsonValue, TextLayer> open
    )
        : base(pieces)
    {
        _copies = new List<(TextLayer, JsonDocumentLayer, JsonValue)>[pieces.Count];
        for (var i = 0; i < pieces.Count; i++)
        {
            var (document, token) = tokens[i];
            _copies[i] = [(pieces[i], document, token)];
            foreach (var alternative in token["top_logprobs"].Elements)
            {
                if (alternative["token"].Utf8.Span.SequenceEqual(token["token"].Utf8.Span))
                {
                    _copies[i].Add((open(document, alternative["token"]), document, alternative));
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override string Share(TextEdit edit, int piece, int count, int start, int end) =>
        string.Create(end - start, (Text, start, edit.Start), static (share, from) =>
        {
            for (var i = 0; i < share.Length; i++)
            {
                var unit = from.Text[from.start + i];
                share[i] =
                    unit is > ' ' and < '\u007f' && !char.IsAsciiLetterOrDigit(unit)
                        ? unit
                        : Placeholder.Cover[(from.start - from.Start + i) % Placeholder.Cover.Length];
            }
        });

    /// <inheritdoc/>
    protected override void Replace(int piece, TextEdit edit)
    {
        foreach (var (text, document, token) in _copies[piece])
        {
            text.Replace(edit);
            var first = Encoding.UTF8.GetByteCount(text.Text.AsSpan(0, edit.Start));
            var replacement = Encoding.UTF8.GetBytes(edit.Text);
            var bytes = token["bytes"]
                .Elements.Skip(first)
                .Take(Encoding.UTF8.GetByteCount(text.Text.AsSpan(edit.Start, edit.Length)));
            foreach (var (value, index) in bytes.Select((value, index) => (value, index)))
            {
                var number = index < replacement.Length ? replacement[index] : (byte)'_';
                document.Replace(
                    new ByteEdit(
                        value.Start,
                        value.Length,
                        Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture))
                    )
                );
            }
        }
    }
}
