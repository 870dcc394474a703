using System.Globalization;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Traces;

/// <summary>Represents the attributes of a span or event, in whatever form a trace holds them.</summary>
internal sealed class SpanFields
{
    /// <summary>Objects in objects are attributes with longer names, to this depth.</summary>
    private const int Deepest = 8;

    private readonly Dictionary<string, JsonValue> _fields;
    private readonly bool _isTyped;

    private SpanFields(JsonValue attributes)
    {
        _fields = new(attributes.Count, StringComparer.Ordinal);
        _isTyped = attributes.Kind == JsonValueKind.Array;
    }

    /// <summary>Gets the names.</summary>
    public IEnumerable<string> Names => _fields.Keys;

    /// <summary>Gets the value of an attribute; undefined if there is none.</summary>
    public JsonValue this[string name] =>
        !_fields.TryGetValue(name, out var value) ? default
        : _isTyped ? OtlpValue.Plain(value)
        : value;

    /// <summary>Reads a list of names and typed values, as OTLP has it; or an object, as some tools write it.</summary>
    public static SpanFields Read(JsonValue attributes)
    {
        var fields = new SpanFields(attributes);
        foreach (var attribute in attributes.Elements)
        {
            if (attribute["key"].Text is { } name)
            {
                fields._fields[name] = attribute["value"];
            }
        }

        fields.AddMembers(attributes, string.Empty, 0);
        return fields;
    }

    /// <summary>Returns the text of an attribute; null if it has none.</summary>
    public string? Text(string name) => this[name].Text is { Length: > 0 } text ? text : null;

    /// <summary>Returns a whole number, which OTLP and Langfuse write as text.</summary>
    public long? Whole(string name) => WholeOf(this[name]);

    /// <summary>Returns the number of seconds that an attribute holds.</summary>
    public TimeSpan? Seconds(string name) =>
        double.TryParse(this[name].ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds >= 0
        && seconds < JsonFields.LongestExchange.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>Returns the texts of a list, or the only one.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var value = Json(name);
        return value.Kind == JsonValueKind.Array ? [.. value.Elements.Select(each => each.Text).OfType<string>()]
            : value.Text is { Length: > 0 } text ? [text]
            : [];
    }

    /// <summary>Returns the JSON that stands in the text of an attribute, else its value.</summary>
    public JsonValue Json(string name) => Parsed(this[name]);

    /// <summary>Returns the object or array that stands in a text; any other value stays as it is.</summary>
    public static JsonValue Parsed(JsonValue value)
    {
        if (value.Kind != JsonValueKind.String || value.Length < 4)
        {
            return value;
        }

        var start = value.Utf8.Span[1..].TrimStart(" \t\r\n"u8);
        if (start[0] is not ((byte)'{' or (byte)'[' or (byte)'\\' or (byte)'"'))
        {
            return value;
        }

        var inner = JsonValue.ParseOrUndefined(TextOf(value));
        return inner.Kind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String ? inner : value;
    }

    /// <summary>Returns the text of a string in UTF-8.</summary>
    public static ReadOnlyMemory<byte> TextOf(JsonValue value)
    {
        var decoded = new byte[value.Length];
        return decoded.AsMemory(0, JsonText.DecodeUtf8(value.Utf8.Span[1..^1], decoded));
    }

    /// <summary>Returns a whole number that is written as a number or as text; null for another value.</summary>
    public static long? WholeOf(JsonValue value) =>
        value.WholeNumber
        ?? (
            double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsInteger(number)
            && Math.Abs(number) < long.MaxValue
                ? (long)number
                : null
        );

    private void AddMembers(JsonValue members, string prefix, int depth)
    {
        foreach (var (name, value) in members.Members)
        {
            var path = prefix + name;
            _fields[path] = value;
            if (value.Kind == JsonValueKind.Object && depth < Deepest)
            {
                AddMembers(value, $"{path}.", depth + 1);
            }
        }
    }
}
