using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpenAICassette.Text;

/// <summary>Represents the text inside JSON strings, and JSON text without its white space.</summary>
internal static class JsonText
{
    /// <summary>Returns how many bytes of a file are a byte order mark.</summary>
    public static int MarkLength(ReadOnlySpan<byte> file) => file.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>
    /// Decodes what stands between a JSON string's quotes. A lone surrogate, which other decoders refuse, passes
    /// through.
    /// </summary>
    /// <param name="raw">The bytes between the quotes, already known to be valid JSON.</param>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(raw);
        }

        var text = ArrayPool<char>.Shared.Rent(raw.Length);
        var length = Decode(raw, text);
        var decoded = new string(text, 0, length);
        ArrayPool<char>.Shared.Return(text);
        return decoded;
    }

    /// <summary>Decodes what stands between a JSON string's quotes.</summary>
    /// <param name="raw">The bytes between the quotes, already known to be valid JSON.</param>
    /// <param name="text">Takes the text; it may have as many characters as there are bytes.</param>
    /// <returns>How many characters the text has.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, Span<char> text)
    {
        var length = 0;
        while (raw.IndexOf((byte)'\\') is var escape and >= 0)
        {
            length += Encoding.UTF8.GetChars(raw[..escape], text[length..]);
            raw = raw[escape..];
            raw = raw[DecodeEscape(raw, out text[length++])..];
        }

        return length + Encoding.UTF8.GetChars(raw, text[length..]);
    }

    /// <summary>Decodes what stands between a JSON string's quotes to UTF-8; a lone surrogate becomes U+FFFD.</summary>
    /// <param name="raw">The bytes between the quotes, already known to be valid JSON.</param>
    public static byte[] DecodeUtf8(ReadOnlySpan<byte> raw)
    {
        var decoded = new byte[raw.Length];
        var length = DecodeUtf8(raw, decoded);
        return length == decoded.Length ? decoded : decoded[..length];
    }

    /// <summary>Decodes the bytes between a JSON string's quotes into a buffer.</summary>
    /// <param name="raw">The bytes.</param>
    /// <param name="decoded">Takes the text; no escape is shorter than what it stands for.</param>
    /// <returns>The length of the text.</returns>
    public static int DecodeUtf8(ReadOnlySpan<byte> raw, Span<byte> decoded)
    {
        var length = 0;
        while (raw.IndexOf((byte)'\\') is var escape and >= 0)
        {
            raw[..escape].CopyTo(decoded[length..]);
            length += escape;
            raw = raw[escape..];
            if (raw.Length > 1 && PlainEscape(raw[1]) is var plain and not 0)
            {
                decoded[length++] = plain;
                raw = raw[2..];
                continue;
            }

            var taken = DecodeEscape(raw, out var first);
            if (char.IsHighSurrogate(first) && raw[taken..].StartsWith("\\u"u8))
            {
                var more = DecodeEscape(raw[taken..], out var second);
                if (Rune.TryCreate(first, second, out var pair))
                {
                    length += pair.EncodeToUtf8(decoded[length..]);
                    raw = raw[(taken + more)..];
                    continue;
                }
            }

            var rune = Rune.TryCreate(first, out var one) ? one : Rune.ReplacementChar;
            length += rune.EncodeToUtf8(decoded[length..]);
            raw = raw[taken..];
        }

        raw.CopyTo(decoded[length..]);
        return length + raw.Length;
    }

    /// <summary>Returns what the escapes stand for that JSON inside of strings is full of; 0 for the others.</summary>
    private static byte PlainEscape(byte letter) =>
        letter switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => letter,
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => 0,
        };

    /// <summary>Returns whether the bytes between a JSON string's quotes spell a text.</summary>
    public static bool Matches(ReadOnlySpan<byte> raw, string text)
    {
        if (raw.IndexOf((byte)'\\') >= 0)
        {
            return Decode(raw) == text;
        }

        // Names are ASCII, and those that are not have other lengths in bytes than in characters.
        return raw.Length == text.Length
            ? Ascii.Equals(raw, text)
            : !Ascii.IsValid(text) && Encoding.UTF8.GetString(raw) == text;
    }

    /// <summary>Returns a JSON text, or the beginning of one, without white space between its tokens.</summary>
    public static string Minify(ReadOnlySpan<byte> json)
    {
        var compact = new byte[json.Length];
        var length = 0;
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var b = json[i];
            if (inString && b == '\\' && i + 1 < json.Length)
            {
                compact[length++] = b;
                b = json[++i];
            }
            else if (b == '"')
            {
                inString = !inString;
            }
            else if (!inString && b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                continue;
            }

            compact[length++] = b;
        }

        return Encoding.UTF8.GetString(compact.AsSpan(0, length));
    }

    /// <summary>Returns whether JSON has lists and objects in one another beyond a depth.</summary>
    public static bool IsDeeperThan(string json, int depth)
    {
        var inString = false;
        var open = 0;
        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case '\\':
                    i++;
                    break;
                case '"':
                    inString = !inString;
                    break;
                case '[' or '{' when !inString:
                    if (++open > depth)
                    {
                        return true;
                    }

                    break;
                case ']' or '}' when !inString:
                    open--;
                    break;
            }
        }

        return false;
    }

    /// <summary>Decodes the escape that starts at a backslash.</summary>
    /// <returns>How many bytes the escape takes.</returns>
    public static int DecodeEscape(ReadOnlySpan<byte> escape, out char decoded)
    {
        if (escape[1] == 'u')
        {
            decoded = (char)
                ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            return 6;
        }

        decoded = escape[1] switch
        {
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            var same => (char)same,
        };
        return 2;
    }
}
