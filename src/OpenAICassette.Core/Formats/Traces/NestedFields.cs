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

    /// <summary>Up to this number, members are found one by one.</summary>
    private const int FewMembers = 16;

    private List<Member>? _members;
    private Dictionary<string, NestedFields>? _byName;
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
                root.Add(name.AsSpan(path.Length + 1), fields[name]);
            }
        }

        return root._members is null ? default : JsonValue.ParseOrUndefined(JsonBytes.Write(root.Write));
    }

    private void Add(ReadOnlySpan<char> path, JsonValue value)
    {
        var at = this;
        for (var depth = 1; ; depth++)
        {
            var end = depth < Deepest ? path.IndexOf('.') : -1;
            if (end < 0)
            {
                at.Below(path)._value = value;
                return;
            }

            at = at.Below(path[..end]);
            path = path[(end + 1)..];
        }
    }

    /// <summary>Returns the member with a name, and adds it if it is missing.</summary>
    private NestedFields Below(ReadOnlySpan<char> name)
    {
        _members ??= [];

        // Attributes of the same message mostly follow each other.
        if (_members is [.., var last] && name.SequenceEqual(last.Name))
        {
            return last.Value;
        }

        if (_byName is not null)
        {
            if (_byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known))
            {
                return known;
            }
        }
        else
        {
            foreach (var member in _members)
            {
                if (name.SequenceEqual(member.Name))
                {
                    return member.Value;
                }
            }
        }

        var added = new Member(NumberOf(name), name.ToString(), new NestedFields());
        _members.Add(added);
        _byName?.Add(added.Name, added.Value);
        if (_byName is null && _members.Count > FewMembers)
        {
            _byName = _members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        }

        return added.Value;
    }

    private void Write(Utf8JsonWriter writer)
    {
        if (_members is null)
        {
            writer.WriteAsIs(_value.Exists ? _value.Utf8 : "null"u8.ToArray());
            return;
        }

        // Numbers are in the order of their values, then all else by text.
        _members.Sort();
        var isList = _members.TrueForAll(member => member.Number is not null);
        if (isList)
        {
            writer.WriteStartArray();
        }
        else
        {
            writer.WriteStartObject();
        }

        foreach (var (_, name, member) in _members)
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

    private static int? NumberOf(ReadOnlySpan<char> step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Represents a member.</summary>
    /// <param name="Number">The name as a number; null if it is not a number.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Value">What is there and below.</param>
    private readonly record struct Member(int? Number, string Name, NestedFields Value) : IComparable<Member>
    {
        public int CompareTo(Member other) =>
            (Number ?? int.MaxValue).CompareTo(other.Number ?? int.MaxValue) is var order and not 0
                ? order
                : string.CompareOrdinal(Name, other.Name);
    }
}
