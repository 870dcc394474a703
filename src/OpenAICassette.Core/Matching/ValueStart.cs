using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// Reads the beginning of a value as text. The cost depends on the length of the text, not on that of the value.
/// </summary>
internal static class ValueStart
{
    /// <summary>The maximum number of bytes of a character in a JSON string: an escape.</summary>
    private const int MostBytesOfCharacter = 6;

    /// <summary>Returns the beginning of a string's text, or of the JSON of another value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="length">The number of characters to return, if there are as many.</param>
    public static string Of(JsonValue value, int length) =>
        value.Kind == JsonValueKind.String ? OfText(value, length) : Encoding.UTF8.GetString(Head(value, length));

    /// <summary>Returns the beginning of a string's text.</summary>
    /// <param name="value">The string.</param>
    /// <param name="length">The number of characters to return, if there are as many.</param>
    public static string OfText(JsonValue value, int length)
    {
        var raw = value.Tree.Bytes(value.Row)[1..^1];
        if (raw.Length <= length * MostBytesOfCharacter)
        {
            return JsonText.Decode(raw);
        }

        var end = 0;
        for (var characters = 0; characters < length; characters++)
        {
            end += raw[end] == '\\' ? (raw[end + 1] == 'u' ? MostBytesOfCharacter : 2) : LengthOfCharacter(raw[end]);
        }

        return JsonText.Decode(raw[..end]);
    }

    /// <summary>Returns the beginning of a value's JSON, without white space between tokens.</summary>
    /// <param name="value">The value.</param>
    /// <param name="length">The number of bytes to read.</param>
    public static string OfCompactJson(JsonValue value, int length) =>
        value.Length <= length ? value.ToCompactJson() : JsonText.Minify(Head(value, length));

    private static ReadOnlySpan<byte> Head(JsonValue value, int length)
    {
        var bytes = value.Utf8.Span;
        length = Math.Min(bytes.Length, length * MostBytesOfCharacter);
        while (length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
        {
            length++;
        }

        return bytes[..length];
    }

    private static int LengthOfCharacter(byte first) =>
        first switch
        {
            < 0x80 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            _ => 4,
        };
}
