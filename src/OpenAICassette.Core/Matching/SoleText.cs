using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Matching;

/// <summary>
/// What is said as a string or as a list with one part of text is the same to every API, and some SDKs write one for
/// the other.
/// </summary>
internal static class SoleText
{
    private static readonly string[] s_textParts = ApiFamilies.Names(words => words.TextParts);

    /// <summary>The text of a list with one part that is nothing but text; any other value as it is.</summary>
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
