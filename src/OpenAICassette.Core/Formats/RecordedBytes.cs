using System.Buffers.Text;

namespace OpenAICassette.Formats;

/// <summary>Reads bytes that recorders write as text.</summary>
internal static class RecordedBytes
{
    /// <summary>Returns whether a text is base64 from its beginning to its end.</summary>
    public static bool IsBase64(string text) => text.Length > 0 && Base64.IsValid(text);

    /// <summary>Returns the bytes of a text in base64; null for another text.</summary>
    public static byte[]? FromBase64(string? text) =>
        text is not null && IsBase64(text) ? Convert.FromBase64String(text) : null;

    /// <summary>Returns the bytes of a value that the format says is base64; null if it is not a text.</summary>
    /// <exception cref="BrokenValueException">The text is not base64.</exception>
    public static byte[]? RequireBase64(JsonValue value)
    {
        if (value.Text is not { } text)
        {
            return null;
        }

        return Base64.IsValid(text)
            ? Convert.FromBase64String(text)
            : throw new BrokenValueException(value, "the text is not base64");
    }

    /// <summary>Returns the bytes of a text in hexadecimal digits; null for another text.</summary>
    public static byte[]? FromHex(string text)
    {
        var isHex = text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
        return isHex ? Convert.FromHexString(text) : null;
    }

    /// <summary>
    /// Returns the bytes of a value that the format says is hexadecimal digits; null if it is not a text.
    /// </summary>
    /// <exception cref="BrokenValueException">The text is not hexadecimal digits.</exception>
    public static byte[]? RequireHex(JsonValue value)
    {
        if (value.Text is not { } text)
        {
            return null;
        }

        return text.Length == 0
            ? []
            : FromHex(text) ?? throw new BrokenValueException(value, "the text is not hexadecimal digits");
    }
}
