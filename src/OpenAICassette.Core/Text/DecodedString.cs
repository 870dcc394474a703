using System.Text;

namespace OpenAICassette.Text;

/// <summary>
/// Represents a JSON string's decoded text with the way back: which bytes as written each character came from.
/// </summary>
internal sealed class DecodedString
{
    private readonly int[] _offsets;

    /// <summary>Decodes what stands between a JSON string's quotes.</summary>
    /// <param name="raw">The bytes between the quotes, already known to be valid JSON.</param>
    public DecodedString(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder(raw.Length);
        var offsets = new int[raw.Length + 1];
        Span<char> units = stackalloc char[2];
        for (var at = 0; at < raw.Length; )
        {
            int taken;
            var written = 1;
            if (raw[at] == '\\')
            {
                taken = JsonText.DecodeEscape(raw[at..], out units[0]);
            }
            else
            {
                Rune.DecodeFromUtf8(raw[at..], out var rune, out taken);
                written = rune.EncodeToUtf16(units);
            }

            for (var i = 0; i < written; i++)
            {
                offsets[text.Length] = at;
                text.Append(units[i]);
            }

            at += taken;
        }

        Text = text.ToString();
        offsets[Text.Length] = raw.Length;
        _offsets = offsets;
    }

    /// <summary>Gets the decoded text.</summary>
    public string Text { get; }

    /// <summary>
    /// Returns the offset, from the first byte between the quotes, of the character at an index; the end for the text's
    /// length.
    /// </summary>
    public int OffsetOf(int index) => _offsets[index];
}
