using System.Buffers;
using System.Buffers.Text;
using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Apis.Bedrock;

namespace OpenAICassette.Redaction.Layers;

/// <summary>Finds texts that are encoded as base64, base64url or hexadecimal digits, packed or not.</summary>
internal static class EncodedText
{
    private const int Shortest = 24;
    private static readonly SearchValues<char> s_base64 = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
    );
    private static readonly SearchValues<byte> s_base64Bytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8
    );
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>
    /// Returns whether a text is the base64 of a picture, or a data URL (RFC 2397) of an image, a sound or another file
    /// that is not text. Nothing in it can be read, so it need not be scanned.
    /// </summary>
    public static bool IsBinary(ReadOnlySpan<byte> text)
    {
        var start = DataStart(text);
        var content = text[start..].TrimEnd((byte)'=');
        if (content.Length < Shortest)
        {
            return false;
        }

        var head = Encoding.ASCII.GetString(content[..Shortest]);
        return (start > 0 || DataUrl.PictureTypeOf(head) is not null)
            && !IsPromising(head)
            && content.IndexOfAnyExcept(s_base64Bytes) < 0;
    }

    /// <summary>Returns where the base64 of a data URL begins; 0 for another text.</summary>
    private static int DataStart(ReadOnlySpan<byte> text)
    {
        const int longestType = 128;
        var mark = ";base64,"u8;
        var head = text[..Math.Min(text.Length, longestType)];
        return head.StartsWith("data:"u8) && head.IndexOf(mark) is var at and >= 0 ? at + mark.Length : 0;
    }

    /// <summary>Returns whether a text may contain an encoded one.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) => NextRun(text, 0, out _) >= 0;

    /// <summary>Returns the encoded texts of a layer's text.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="text">Its text, with blanks where other layers were already opened.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    /// <exception cref="ScanLimitException">There is more to unpack than the limit allows.</exception>
    public static IEnumerable<EncodedLayer> In(TextLayer layer, string text, ScanBudget budget) =>
        IsIn(text) ? FindIn(layer, text, budget) : [];

    private static IEnumerable<EncodedLayer> FindIn(TextLayer layer, string text, ScanBudget budget)
    {
        var lines = new WrappedLines(text, s_base64);
        for (var at = NextRun(text, 0, out var length); at >= 0; at = NextRun(text, at + length, out length))
        {
            var all = lines.LengthAt(at, length);
            if (all > length && Open(layer, at, all, budget) is { } found)
            {
                length = all;
                yield return found;
                continue;
            }

            // The following characters may not belong to it.
            if (Open(layer, at, length, budget, mayBeCut: all == length) is { } first)
            {
                yield return first;
                continue;
            }

            // A path may precede the encoded text.
            foreach (var part in length > 4096 ? [] : text.AsSpan(at, length).ToString().Split('/'))
            {
                if (
                    part.Length >= Shortest
                    && part.Length < length
                    && text.IndexOf(part, at, StringComparison.Ordinal) is var start
                    && Open(layer, start, part.Length, budget, mayBeCut: false) is { } inner
                )
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>
    /// Returns the next run of base64 characters. Only every n-th character is read, because shorter runs do not count.
    /// </summary>
    private static int NextRun(ReadOnlySpan<char> text, int from, out int length)
    {
        for (var probe = from + Shortest - 1; probe < text.Length; probe += Shortest)
        {
            if (!s_base64.Contains(text[probe]))
            {
                continue;
            }

            var start = probe;
            while (start > from && s_base64.Contains(text[start - 1]))
            {
                start--;
            }

            var end = text[probe..].IndexOfAnyExcept(s_base64);
            length = (end < 0 ? text.Length : probe + end) - start;
            if (length >= Shortest)
            {
                while (
                    length < int.MaxValue
                    && start + length < text.Length
                    && text[start + length] == '='
                    && (length & 3) != 0
                )
                {
                    length++;
                }

                return start;
            }

            probe = start + length;
        }

        length = 0;
        return -1;
    }

    /// <summary>Returns the text that is all of a layer's text; null if it is not one encoded text.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    public static EncodedLayer? Whole(TextLayer layer, ScanBudget budget) =>
        layer.Text.Length < Shortest || layer.Text.AsSpan().TrimEnd('=').ContainsAnyExcept(s_base64)
            ? null
            : Open(layer, 0, layer.Text.Length, budget);

    /// <param name="layer">The layer.</param>
    /// <param name="start">Where the encoded text begins.</param>
    /// <param name="length">Its length.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    /// <param name="mayBeCut">Whether it is all that there is, so that a missing end was cut off.</param>
    private static EncodedLayer? Open(TextLayer layer, int start, int length, ScanBudget budget, bool mayBeCut = true)
    {
        var encoded = layer.Text.AsSpan(start, length);
        if ((length & 1) == 0 && length >= 32 && encoded.IndexOfAnyExcept(s_hex) < 0)
        {
            var isLower = encoded.IndexOfAnyInRange('A', 'F') < 0;
            return Plain(Convert.FromHexString(encoded), budget, mayBeCut) is not var (plain, toBytes)
                ? null
                : new EncodedLayer(layer, start, length, plain, text =>
                    isLower ? Convert.ToHexStringLower(toBytes(text)) : Convert.ToHexString(toBytes(text))
                );
        }

        // Data that does not begin with text is not text; this skips images and sound. The length with which an event
        // stream begins has a zero at its beginning.
        var mayBeEvents = encoded.StartsWith("AA", StringComparison.Ordinal);
        if (!mayBeEvents && !IsPromising(encoded[..Shortest]) && !IsUnmarked(encoded))
        {
            return null;
        }

        var isPadded = encoded[^1] == '=';
        var isWhole = (encoded.Length - encoded.Count('\r') - encoded.Count('\n') & 3) == 0;

        // Without characters that are specific to an alphabet, only base64url is used without padding.
        var isUrl = encoded.IndexOfAny('-', '_') >= 0 || (!isWhole && encoded.IndexOfAny('+', '/') < 0);
        var breakAt = encoded.IndexOfAny('\r', '\n');
        var lineEnd =
            breakAt < 0 ? string.Empty
            : encoded[breakAt] == '\r' ? "\r\n"
            : "\n";
        if (Decode(encoded) is not { } bytes)
        {
            return null;
        }

        return Plain(bytes, budget, mayBeCut) is not var (decoded, encode)
            ? null
            : new EncodedLayer(layer, start, length, decoded, text =>
            {
                var content = encode(text);
                var result = isUrl ? Base64Url.EncodeToString(content) : Convert.ToBase64String(content);
                result =
                    isUrl && isPadded ? result.PadRight((result.Length + 3) / 4 * 4, '=')
                    : isPadded || isUrl || isWhole ? result
                    : result.TrimEnd('=');
                return breakAt < 0
                    ? result
                    : string.Join(lineEnd, result.Chunk(breakAt).Select(line => new string(line)));
            });
    }

    private static bool IsPromising(ReadOnlySpan<char> head) =>
        PackedBytes.IsMarked(head) || (Decode(head) is { } bytes && !HasControl(bytes));

    private static bool IsUnmarked(ReadOnlySpan<char> encoded)
    {
        const int enough = 1024;
        if (encoded.Length < PackedBytes.ShortestUnmarked)
        {
            return false;
        }

        var head = encoded[..Math.Min(encoded.Length, enough)];
        var length = head.Length - head.Count('\r') - head.Count('\n');
        return Decode(head[..^(length & 3)]) is { } bytes && PackedBytes.BeginsUnmarked(bytes);
    }

    /// <summary>
    /// Returns the text that bytes are, packed or not, or the lines that the messages of an event stream are, and what
    /// makes such bytes of a text.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    /// <param name="mayBeCut">Whether they are all that there is, so that a missing end was cut off.</param>
    /// <exception cref="ScanLimitException">They cannot be unpacked, or to more than the limit allows.</exception>
    public static (string Text, Func<string, byte[]> ToBytes)? Plain(
        byte[] bytes,
        ScanBudget budget,
        bool mayBeCut = true
    )
    {
        if (AwsEventText.Open(bytes) is { } events)
        {
            return (events.Text, text => events.ToBytes(text) ?? bytes);
        }

        if (Read(bytes) is var (text, charset))
        {
            return (text, charset.GetBytes);
        }

        return PackedBytes.Open(bytes, budget, mayBeCut) is var (plain, pack) && Read(plain) is var (unpacked, encoding)
            ? (unpacked, content => pack(encoding.GetBytes(content)))
            : null;
    }

    private static bool HasControl(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is < 0x20 and not ((byte)'\n' or (byte)'\r' or (byte)'\t') or 0x7f or >= 0xFE)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[]? Decode(ReadOnlySpan<char> encoded)
    {
        var plain =
            encoded.IndexOfAny("\r\n") < 0
                ? encoded.ToString()
                : encoded
                    .ToString()
                    .Replace("\r", string.Empty, StringComparison.Ordinal)
                    .Replace("\n", string.Empty, StringComparison.Ordinal);
        plain = plain.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        if ((plain.Length & 3) == 1)
        {
            return null;
        }

        var bytes = new byte[plain.Length * 3 / 4 + 3];
        return Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), bytes, out var length)
            ? bytes[..length]
            : null;
    }

    /// <summary>
    /// Returns the text that bytes are with its encoding: UTF-8, or a single-byte one that is read as Latin-1; null for
    /// other bytes.
    /// </summary>
    private static (string Text, Encoding Encoding)? Read(byte[]? bytes)
    {
        if (bytes is null || bytes.Length == 0 || !IsText(bytes))
        {
            return null;
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return (Encoding.UTF8.GetString(bytes), Encoding.UTF8);
        }

        // Most encoded texts are mainly ASCII; random bytes that happen to be text are not.
        return bytes.Count(value => value < 0x80) * 10 >= bytes.Length * 7
            ? (Encoding.Latin1.GetString(bytes), Encoding.Latin1)
            : null;
    }

    /// <summary>Returns whether only a few bytes are control characters.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        var odd = 0;
        foreach (var value in bytes)
        {
            odd += value is < 0x20 and not ((byte)'\n' or (byte)'\r' or (byte)'\t') or 0x7f ? 1 : 0;
        }

        return odd * 20 <= bytes.Length;
    }
}
