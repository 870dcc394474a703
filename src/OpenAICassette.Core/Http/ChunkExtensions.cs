using System.Buffers;

namespace OpenAICassette.Http;

/// <summary>
/// Parses what may follow the size of a chunk (RFC 9112, section 7.1.1): names, some with a token or a quoted string as
/// value.
/// </summary>
internal static class ChunkExtensions
{
    private static readonly SearchValues<byte> s_tokenEnd = SearchValues.Create(" \t;="u8);

    /// <summary>Returns whether text is empty or consists of extensions.</summary>
    public static bool AreValid(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[^1] is ((byte)' ' or (byte)'\t'))
        {
            return false;
        }

        text = text.TrimStart(" \t"u8);
        while (!text.IsEmpty)
        {
            if (text[0] != ';')
            {
                return false;
            }

            text = text[1..].TrimStart(" \t"u8);
            if (!TryTakeToken(ref text) || !TryTakeValue(ref text))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryTakeToken(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny(s_tokenEnd) is var at and >= 0 ? at : text.Length;
        var token = text[..end];
        text = text[end..].TrimStart(" \t"u8);
        return HttpText.IsToken(token);
    }

    private static bool TryTakeValue(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '=')
        {
            return true;
        }

        text = text[1..].TrimStart(" \t"u8);
        return text.StartsWith("\""u8) ? TryTakeQuoted(ref text) : TryTakeToken(ref text);
    }

    private static bool TryTakeQuoted(ref ReadOnlySpan<byte> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                var isValue = HttpText.IsValue(text[..at]);
                text = text[(at + 1)..].TrimStart(" \t"u8);
                return isValue;
            }

            at += text[at] == '\\' ? 1 : 0;
        }

        return false;
    }
}
