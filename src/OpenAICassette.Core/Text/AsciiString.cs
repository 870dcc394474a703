using System.Buffers;
using System.Globalization;

namespace OpenAICassette.Text;

/// <summary>
/// JSON strings as Python's json module writes them: all of ASCII from space to tilde as it is, the rest escaped, with
/// lower-case hexadecimal digits and surrogate pairs.
/// </summary>
internal static class AsciiString
{
    private static readonly SearchValues<byte> s_plain = SearchValues.Create([
        .. Enumerable
            .Range(0x20, 0x7f - 0x20)
            .Select(code => (byte)code)
            .Where(code => code is not ((byte)'"' or (byte)'\\')),
    ]);

    /// <summary>Gets the characters that every JSON string escapes.</summary>
    public static SearchValues<char> MustEscape { get; } =
        SearchValues.Create(['"', '\\', .. Enumerable.Range(0, ' ').Select(code => (char)code)]);

    /// <summary>Returns a text as a JSON string, quotes included.</summary>
    public static byte[] Quote(string text)
    {
        var output = new ByteBuilder(text.Length + 2);
        Write(output, text);
        return output.ToArray();
    }

    /// <summary>Writes a string of a document, quotes included.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="raw">What stands between its quotes.</param>
    public static void WriteRaw(ByteBuilder output, ReadOnlySpan<byte> raw)
    {
        if (IsCanonical(raw))
        {
            output.Append("\""u8);
            output.Append(raw);
            output.Append("\""u8);
        }
        else
        {
            Write(output, JsonText.Decode(raw));
        }
    }

    /// <summary>Writes a text as a string, quotes included.</summary>
    public static void Write(ByteBuilder output, ReadOnlySpan<char> text)
    {
        output.Append("\""u8);
        Span<byte> escape = stackalloc byte[6];
        foreach (var unit in text)
        {
            output.Append(Escape(unit, escape));
        }

        output.Append("\""u8);
    }

    /// <summary>Returns whether a string is already written the way this class writes it.</summary>
    private static bool IsCanonical(ReadOnlySpan<byte> raw)
    {
        Span<byte> escape = stackalloc byte[6];
        while (raw.IndexOfAnyExcept(s_plain) is var at and >= 0)
        {
            if (raw[at] != '\\')
            {
                return false;
            }

            var taken = JsonText.DecodeEscape(raw[at..], out var unit);
            if (!raw.Slice(at, taken).SequenceEqual(Escape(unit, escape)))
            {
                return false;
            }

            raw = raw[(at + taken)..];
        }

        return true;
    }

    /// <summary>Returns a UTF-16 code unit as it stands in a string.</summary>
    /// <param name="unit">The code unit.</param>
    /// <param name="buffer">Six bytes for the result.</param>
    public static ReadOnlySpan<byte> Escape(char unit, Span<byte> buffer)
    {
        buffer[0] = (byte)'\\';
        switch (unit)
        {
            case '"' or '\\':
                buffer[1] = (byte)unit;
                return buffer[..2];
            case >= ' ' and <= '~':
                buffer[0] = (byte)unit;
                return buffer[..1];
            case '\n' or '\r' or '\t' or '\b' or '\f':
                buffer[1] = unit switch
                {
                    '\n' => (byte)'n',
                    '\r' => (byte)'r',
                    '\t' => (byte)'t',
                    '\b' => (byte)'b',
                    _ => (byte)'f',
                };
                return buffer[..2];
            default:
                buffer[1] = (byte)'u';
                ((int)unit).TryFormat(buffer[2..], out _, "x4", CultureInfo.InvariantCulture);
                return buffer;
        }
    }
}
