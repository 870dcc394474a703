using System.Globalization;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Traces;

/// <summary>Writes attributes as OTLP's JSON has them. An attribute without a value is left out.</summary>
internal static class SpanAttributes
{
    /// <summary>Writes a text.</summary>
    public static void Text(Utf8JsonWriter writer, string key, string? value)
    {
        if (value is not null)
        {
            Write(writer, key, () => writer.WriteText("stringValue", value));
        }
    }

    /// <summary>Writes a whole number, which JSON of Protocol Buffers has as text.</summary>
    public static void Integer(Utf8JsonWriter writer, string key, long? value)
    {
        if (value is { } number)
        {
            Write(writer, key, () => writer.WriteString("intValue", number.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Writes a number with a fraction.</summary>
    public static void Number(Utf8JsonWriter writer, string key, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            Write(writer, key, () => writer.WriteNumber("doubleValue", number));
        }
    }

    /// <summary>Writes a list of texts, unless it is empty.</summary>
    public static void Texts(Utf8JsonWriter writer, string key, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        Write(writer, key, () =>
        {
            writer.WriteStartObject("arrayValue");
            writer.WriteStartArray("values");
            foreach (var value in values)
            {
                writer.WriteStartObject();
                writer.WriteText("stringValue", value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, string key, Action value)
    {
        writer.WriteStartObject();
        writer.WriteString("key", key);
        writer.WriteStartObject("value");
        value();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
