using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>
/// Treats a string and a list with one text part as equal: APIs do, and some SDKs replace one with the other.
/// </summary>
internal static class SoleText
{
    private static readonly string[] s_textParts = ApiFamilies.Names(words => words.TextParts);

    /// <summary>Returns the text of a list with a single text part; other values unchanged.</summary>
    /// <param name="name">The name of the member that holds the value.</param>
    /// <param name="value">The value.</param>
    public static JsonValue Of(ReadOnlySpan<byte> name, JsonValue value)
    {
        if (
            value.Kind != JsonValueKind.Array
            || !(name.SequenceEqual("content"u8) || name.SequenceEqual("system"u8))
            || value.Count != 1
        )
        {
            return value;
        }

        var part = value[0];
        var text = part["text"];
        return
            part["type"].Text is { } type
            && s_textParts.Contains(type)
            && text.Kind == JsonValueKind.String
            && part.Members.Count(member => member.Value.HasValue) == 2
            ? text
            : value;
    }
}
