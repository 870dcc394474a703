using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Traces;

/// <summary>Reads the values of OTLP's JSON, which say their type, as plain JSON.</summary>
internal static class OtlpValue
{
    /// <summary>Returns the plain value; undefined if there is none. A value without a type stays as it is.</summary>
    public static JsonValue Plain(JsonValue value)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            return value;
        }

        foreach (var (type, inner) in value.Members)
        {
            switch (type)
            {
                case "stringValue" or "intValue" or "doubleValue" or "boolValue" or "bytesValue":
                    return inner;
                case "arrayValue" or "kvlistValue":
                    return JsonValue.ParseOrUndefined(JsonBytes.Write(writer => Write(writer, value)));
            }
        }

        return default;
    }

    private static void Write(Utf8JsonWriter writer, JsonValue value)
    {
        foreach (var (type, inner) in value.Members)
        {
            switch (type)
            {
                case "intValue" when IsNumber(inner.Text):
                    writer.WriteRawValue(inner.Text!, skipInputValidation: true);
                    return;
                case "arrayValue":
                    writer.WriteStartArray();
                    foreach (var element in inner["values"].Elements)
                    {
                        Write(writer, element);
                    }

                    writer.WriteEndArray();
                    return;
                case "kvlistValue":
                    writer.WriteStartObject();
                    foreach (var member in inner["values"].Elements)
                    {
                        writer.WritePropertyName(member["key"].Text ?? string.Empty);
                        Write(writer, member["value"]);
                    }

                    writer.WriteEndObject();
                    return;
                case "stringValue" or "intValue" or "doubleValue" or "boolValue" or "bytesValue":
                    writer.WriteAsIs(inner.Utf8);
                    return;
            }
        }

        writer.WriteNullValue();
    }

    private static bool IsNumber(string? text) =>
        text is { Length: > 0 and < 20 }
        && text.AsSpan(text[0] == '-' ? 1 : 0).IndexOfAnyExceptInRange('0', '9') < 0
        && text[^1] != '-';
}
