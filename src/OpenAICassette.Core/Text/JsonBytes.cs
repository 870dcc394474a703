using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>Writes JSON without white space from values that keep their bytes.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1024,
        SkipValidation = true,
    };

    /// <summary>Returns what is written.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write) =>
        JsonBuffer.Write(s_options, write, json => json.ToArray());

    /// <summary>Writes a value as it stands in its document.</summary>
    public static void WriteAsIs(this Utf8JsonWriter writer, ReadOnlyMemory<byte> json) =>
        writer.WriteRawValue(json.Span, skipInputValidation: true);

    /// <summary>
    /// Writes a member with a value as it stands in its document; nothing for a value that is not there.
    /// </summary>
    public static void WriteAsIs(this Utf8JsonWriter writer, string name, JsonValue value)
    {
        if (value.Exists)
        {
            writer.WritePropertyName(name);
            writer.WriteAsIs(value.Utf8);
        }
    }

    /// <summary>Writes a member that is an array of values as they stand in their documents.</summary>
    public static void WriteArray(this Utf8JsonWriter writer, string name, IEnumerable<ReadOnlyMemory<byte>> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteAsIs(value);
        }

        writer.WriteEndArray();
    }
}
