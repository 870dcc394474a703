using System.Globalization;
using OpenAICassette.Text;

namespace OpenAICassette.Health;

/// <summary>
/// Represents the lengths in bytes that a JSON text has in the layouts in which clients send one: with and without
/// blanks after commas and colons, with and without escapes for what is not ASCII. Recorders lay a body out anew, and
/// the value is still what was sent.
/// </summary>
internal static class JsonLengths
{
    private const int EscapeLength = 6;

    /// <summary>Returns whether a JSON text had a length in one of the layouts.</summary>
    public static bool Includes(ReadOnlySpan<byte> json, long length)
    {
        var compact = JsonText.Minify(json);
        var (separators, raw, escaped) = (0L, 0L, 0L);
        var isText = false;
        for (var i = 0; i < compact.Length; i++)
        {
            var c = compact[i];
            raw += BytesOf(c);
            escaped += c < 0x80 ? 1 : EscapeLength;
            if (isText && c == '\\')
            {
                i++;
                raw++;
                escaped++;
            }
            else if (c == '"')
            {
                isText = !isText;
            }
            else if (!isText && c is ',' or ':')
            {
                separators++;
            }
        }

        return length == raw || length == raw + separators || length == escaped || length == escaped + separators;
    }

    /// <summary>Returns the bytes of a character in UTF-8; each half of a surrogate pair has two of its four.</summary>
    private static int BytesOf(char c) =>
        c switch
        {
            < (char)0x80 => 1,
            < (char)0x800 => 2,
            _ when char.GetUnicodeCategory(c) == UnicodeCategory.Surrogate => 2,
            _ => 3,
        };
}
