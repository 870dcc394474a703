using System.Globalization;
using System.Net;
using System.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Finds texts with escaped characters: in URLs (RFC 3986), in HTML, and with backslashes as in JSON and code.
/// </summary>
internal static class EscapedText
{
    /// <summary>Returns the escaped texts of a layer's text.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="text">Its text, with blanks where other layers were already opened.</param>
    public static IEnumerable<MappedLayer> In(TextLayer layer, string text) => IsIn(text) ? FindIn(layer, text) : [];

    private static IEnumerable<MappedLayer> FindIn(TextLayer layer, string text)
    {
        if (HasPercent(text))
        {
            yield return Decode(layer, text, Percent);
        }

        if (HasBackslash(text))
        {
            yield return Decode(layer, text, Backslash);
        }

        if (HasEntity(text))
        {
            yield return Decode(layer, text, Entity);
        }
    }

    /// <summary>Returns whether a text may contain escapes.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) => HasPercent(text) || HasBackslash(text) || HasEntity(text);

    private delegate int Decoder(ReadOnlySpan<char> rest, Span<char> units, out int written);

    private static MappedLayer Decode(TextLayer layer, string source, Decoder decoder)
    {
        var text = new StringBuilder(source.Length);
        var indexes = new int[source.Length + 1];
        Span<char> units = stackalloc char[4];
        for (var at = 0; at < source.Length; )
        {
            var taken = decoder(source.AsSpan(at), units, out var written);
            if (taken == 0)
            {
                (taken, written, units[0]) = (1, 1, source[at]);
            }

            for (var i = 0; i < written; i++)
            {
                indexes[text.Length] = at;
                text.Append(units[i]);
            }

            at += taken;
        }

        indexes[text.Length] = source.Length;
        return new MappedLayer(layer, text.ToString(), indexes[..(text.Length + 1)]);
    }

    private static bool HasPercent(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0 && at + 2 < text.Length; )
        {
            if (char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                return true;
            }

            var next = text[(at + 1)..].IndexOf('%');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static int Percent(ReadOnlySpan<char> rest, Span<char> units, out int written)
    {
        written = 1;
        if (rest[0] != '%' || !TryByte(rest, out var first))
        {
            return 0;
        }

        Span<byte> bytes = [first, 0, 0, 0];
        var count =
            first < 0x80 ? 1
            : first >= 0xF0 ? 4
            : first >= 0xE0 ? 3
            : first >= 0xC0 ? 2
            : 0;
        for (var i = 1; i < count; i++)
        {
            if (rest.Length < i * 3 + 3 || rest[i * 3] != '%' || !TryByte(rest[(i * 3)..], out bytes[i]))
            {
                return 0;
            }
        }

        if (
            count == 0
            || Rune.DecodeFromUtf8(bytes[..count], out var rune, out _) != System.Buffers.OperationStatus.Done
        )
        {
            return 0;
        }

        written = rune.EncodeToUtf16(units);
        return count * 3;
    }

    private static bool TryByte(ReadOnlySpan<char> escape, out byte value)
    {
        value = 0;
        return escape.Length >= 3
            && byte.TryParse(
                escape.Slice(1, 2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out value
            );
    }

    private static bool HasBackslash(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('\\');
        return at >= 0 && at + 1 < text.Length;
    }

    private static int Backslash(ReadOnlySpan<char> rest, Span<char> units, out int written)
    {
        written = 1;
        if (rest[0] != '\\' || rest.Length < 2)
        {
            return 0;
        }

        if (rest[1] is 'u' or 'x')
        {
            var digits = rest[1] == 'u' ? 4 : 2;
            var isCode =
                rest.Length >= 2 + digits
                && ushort.TryParse(
                    rest.Slice(2, digits),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var code
                )
                && (units[0] = (char)code) >= '\0';
            return isCode ? 2 + digits : 0;
        }

        var unit = rest[1] switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' => '"',
            '\'' => '\'',
            '\\' => '\\',
            '/' => '/',
            _ => '\0',
        };
        units[0] = unit;
        return unit == '\0' ? 0 : 2;
    }

    private static bool HasEntity(ReadOnlySpan<char> text) =>
        text.IndexOf('&') is var at and >= 0 && text[at..].Contains(';');

    private static int Entity(ReadOnlySpan<char> rest, Span<char> units, out int written)
    {
        written = 0;
        var end = rest[0] == '&' ? rest[..Math.Min(rest.Length, 12)].IndexOf(';') : -1;
        if (end < 2)
        {
            return 0;
        }

        var decoded = WebUtility.HtmlDecode(rest[..(end + 1)].ToString());
        if (decoded.Length > 2 || decoded[0] == '&' && decoded.Length > 1)
        {
            return 0;
        }

        decoded.CopyTo(units);
        written = decoded.Length;
        return end + 1;
    }
}
