using System.Globalization;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Makes JSON of attributes whose names are paths: <c>llm.input_messages.0.message.role</c> is the role of the first
/// message.
/// </summary>
internal sealed class NestedFields
{
    private const int Deepest = 24;

    private Dictionary<string, NestedFields>? _members;
    private JsonValue _value;

    /// <summary>Returns the value at a path; undefined if no attribute is there or below.</summary>
    public static JsonValue Of(SpanFields fields, string path)
    {
        if (fields.Json(path) is { Exists: true } whole)
        {
            return whole;
        }

        var root = new NestedFields();
        foreach (var name in fields.Names)
        {
            if (
                name.Length > path.Length + 1
                && name[path.Length] == '.'
                && name.StartsWith(path, StringComparison.Ordinal)
            )
            {
                root.Add(name[(path.Length + 1)..], fields[name]);
            }
        }

        return root._members is null ? default : JsonValue.ParseOrUndefined(JsonBytes.Write(root.Write));
    }

    private void Add(string path, JsonValue value)
    {
        var at = this;
        foreach (var step in path.Split('.', Deepest))
        {
            at._members ??= new(StringComparer.Ordinal);
            if (!at._members.TryGetValue(step, out var next))
            {
                at._members[step] = next = new NestedFields();
            }

            at = next;
        }

        at._value = value;
    }

    private void Write(Utf8JsonWriter writer)
    {
        if (_members is null)
        {
            writer.WriteAsIs(_value.Exists ? _value.Utf8 : "null"u8.ToArray());
            return;
        }

        // Numbers are in the order of their values, then all else by text.
        var members = _members
            .Select(member => (Number: NumberOf(member.Key), Name: member.Key, member.Value))
            .OrderBy(member => member.Number ?? int.MaxValue)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .ToList();
        var isList = members.TrueForAll(member => member.Number is not null);
        if (isList)
        {
            writer.WriteStartArray();
        }
        else
        {
            writer.WriteStartObject();
        }

        foreach (var (_, name, member) in members)
        {
            if (!isList)
            {
                writer.WritePropertyName(name);
            }

            member.Write(writer);
        }

        if (isList)
        {
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteEndObject();
        }
    }

    private static int? NumberOf(string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
