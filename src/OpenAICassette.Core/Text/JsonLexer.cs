using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpenAICassette.Text;

/// <summary>
/// Where the tokens of a JSON text (RFC 8259) end. Strings and indentation are stepped over 16 bytes at a time:
/// recordings are half white space, and that is where a list of thousands spends its time. The methods are compiled at
/// their best from the first call, because a list is read before the runtime would have noticed that they are hot.
/// </summary>
internal static class JsonLexer
{
    /// <summary>
    /// Returns the first byte from a place on that is no white space; the text's length where there is none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        while (at < text.Length)
        {
            var value = Unsafe.Add(ref first, at);
            if (value > ' ')
            {
                return at;
            }

            if (value is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return at;
            }

            at++;
            if (value != '\n')
            {
                continue;
            }

            while (at + Vector128<byte>.Count <= text.Length)
            {
                var other = ~Vector128.Equals(Vector128.LoadUnsafe(ref first, (nuint)at), Vector128.Create((byte)' '));
                if (other != Vector128<byte>.Zero)
                {
                    at += BitOperations.TrailingZeroCount(other.ExtractMostSignificantBits());
                    break;
                }

                at += Vector128<byte>.Count;
            }
        }

        return at;
    }

    /// <summary>Returns the end of the string that starts with the quote at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int StringEnd(ReadOnlySpan<byte> text, int quote)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        var at = quote + 1;
        while (at + Vector128<byte>.Count <= text.Length)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            var special =
                Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (special == Vector128<byte>.Zero)
            {
                at += Vector128<byte>.Count;
                continue;
            }

            at += BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            if (Unsafe.Add(ref first, at) == '"')
            {
                return at + 1;
            }

            at = AfterEscape(text, at);
        }

        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'"':
                    return at + 1;
                case (byte)'\\' or < (byte)' ':
                    at = AfterEscape(text, at) - 1;
                    break;
            }
        }

        throw EndsInString(text);
    }

    /// <summary>Returns the end of the number that starts at a place.</summary>
    public static int NumberEnd(ReadOnlySpan<byte> text, int at)
    {
        at += text[at] == '-' ? 1 : 0;
        var whole = at;
        at = DigitsEnd(text, at);
        if (at - whole > 1 && text[whole] == '0')
        {
            throw new JsonTextException("a number must not begin with 0", whole);
        }

        if (at < text.Length && text[at] == '.')
        {
            at = DigitsEnd(text, at + 1);
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < text.Length && text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            at = DigitsEnd(text, at);
        }

        return at;
    }

    /// <summary>Returns the end of true, false or null at a place.</summary>
    public static int LiteralEnd(ReadOnlySpan<byte> text, int at)
    {
        var literal = text[at] switch
        {
            (byte)'t' => "true"u8,
            (byte)'f' => "false"u8,
            _ => "null"u8,
        };
        var rest = text[at..];
        return rest.StartsWith(literal)
            ? at + literal.Length
            : throw (
                literal.StartsWith(rest) ? Unexpected(text, text.Length, "a value") : Unexpected(text, at, "a value")
            );
    }

    /// <summary>Returns the byte at a place.</summary>
    public static byte At(ReadOnlySpan<byte> text, int at) =>
        (uint)at < (uint)text.Length ? text[at] : throw Unexpected(text, at, "more");

    /// <summary>Returns what to throw where something else stands than what was expected.</summary>
    public static JsonTextException Unexpected(ReadOnlySpan<byte> text, int at, string expected)
    {
        if (at >= text.Length)
        {
            return new JsonTextException("the text ends too soon", at, isEnd: true);
        }

        var found = text[at] is > (byte)' ' and < 0x7f ? $"'{(char)text[at]}'" : $"the byte 0x{text[at]:x2}";
        return new JsonTextException($"expected {expected}, found {found}", at);
    }

    /// <summary>Returns the place after the escape, which is proved, at a place inside a string.</summary>
    private static int AfterEscape(ReadOnlySpan<byte> text, int at)
    {
        const int length = 6;
        if (text[at] < ' ')
        {
            throw new JsonTextException("a control character must be escaped inside a string", at);
        }

        var rest = text[at..];
        if (
            rest.Length > 1
            && rest[1]
                is (byte)'"'
                    or (byte)'\\'
                    or (byte)'/'
                    or (byte)'b'
                    or (byte)'f'
                    or (byte)'n'
                    or (byte)'r'
                    or (byte)'t'
        )
        {
            return at + 2;
        }

        if (rest.Length > 1 && rest[1] != 'u')
        {
            throw new JsonTextException("no such escape in a string", at);
        }

        for (var digit = 2; digit < Math.Min(length, rest.Length); digit++)
        {
            if (!char.IsAsciiHexDigit((char)rest[digit]))
            {
                throw new JsonTextException("\\u must be followed by four hexadecimal digits", at);
            }
        }

        return rest.Length >= length ? at + length : throw EndsInString(text);
    }

    /// <summary>Returns the end of digits, of which there must be one.</summary>
    private static int DigitsEnd(ReadOnlySpan<byte> text, int at)
    {
        var start = at;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return at > start ? at : throw Unexpected(text, at, "a digit");
    }

    private static JsonTextException EndsInString(ReadOnlySpan<byte> text) =>
        new("the text ends inside a string", text.Length, isEnd: true);
}
