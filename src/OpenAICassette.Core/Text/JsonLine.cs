using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>Writes one JSON object on one line, for output that other programs read line by line.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm (Annex 9, section 2).
    /// </summary>
    private static readonly SearchValues<char> s_turning = SearchValues.Create(
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    );

    /// <summary>Writes an object.</summary>
    /// <param name="members">Writes its members.</param>
    /// <returns>The object's text without a line end; characters outside ASCII stay as they are.</returns>
    public static string Write(Action<Utf8JsonWriter> members)
    {
        ArgumentNullException.ThrowIfNull(members);

        return JsonBuffer.Write(
            s_options,
            writer =>
            {
                writer.WriteStartObject();
                members(writer);
                writer.WriteEndObject();
            },
            Encoding.UTF8.GetString
        );
    }

    /// <summary>Writes a number, or null if there is none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="number">The number.</param>
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, long? number)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>
    /// Writes a text to the character: half of a surrogate pair, which is no character, and what would turn the
    /// direction of the text around it or command a build server, as escapes.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="text">The text; null is written as such.</param>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? text)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(name);
        writer.WriteTextValue(text);
    }

    /// <summary>Writes a text as <see cref="WriteText"/> does; nothing for null.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="text">The text.</param>
    public static void WriteTextIfAny(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteText(name, text);
        }
    }

    /// <summary>Writes an element of an array as <see cref="WriteText"/> writes a member.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="text">The text; null is written as such.</param>
    public static void WriteTextValue(this Utf8JsonWriter writer, string? text)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var marks = text is null ? [] : WorkflowCommands.In(text);
        var isPlain =
            text is null || Ascii.IsValid(text) || (!text.AsSpan().ContainsAny(s_turning) && IsWellFormed(text));
        if (isPlain && marks.Count == 0)
        {
            writer.WriteStringValue(text);
            return;
        }

        var json = new StringBuilder(text!.Length + 16).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var escaped = (char.IsSurrogate(text[i]) && !isPair) || s_turning.Contains(text[i]) || marks.Contains(i);
            json.Append(
                escaped
                    ? $"\\u{(int)text[i]:x4}"
                    : JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text.Substring(i, isPair ? 2 : 1))
            );
            i += isPair ? 1 : 0;
        }

        writer.WriteRawValue(json.Append('"').ToString(), skipInputValidation: true);
    }

    private static bool IsWellFormed(string text)
    {
        for (
            var rest = text.AsSpan();
            rest.IndexOfAnyInRange('\ud800', '\udfff') is var at && at >= 0;
            rest = rest[(at + 2)..]
        )
        {
            if (!char.IsHighSurrogate(rest[at]) || at + 1 >= rest.Length || !char.IsLowSurrogate(rest[at + 1]))
            {
                return false;
            }
        }

        return true;
    }
}
