using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

/// <summary>Checks JSON against a schema; knows the keywords that the schemas of this repository use.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    /// <summary>Returns what is wrong with a value; nothing if it fits.</summary>
    public IEnumerable<string> Problems(JsonElement value) => Problems(root, value, "");

    private IEnumerable<string> Problems(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!["#/$defs/".Length..];
            return Problems(root.GetProperty("$defs").GetProperty(name), value, place);
        }

        return OwnProblems(schema, value, place)
            .Concat(value.ValueKind == JsonValueKind.Object ? MemberProblems(schema, value, place) : [])
            .Concat(
                value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items)
                    ? value.EnumerateArray().SelectMany((item, index) => Problems(items, item, $"{place}/{index}"))
                    : []
            );
    }

    private IEnumerable<string> OwnProblems(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("type", out var type) && !Names(type).Any(name => Is(value, name)))
        {
            yield return $"{place}: {value.ValueKind} is not {type}";
        }

        if (schema.TryGetProperty("enum", out var known) && !Names(known).Contains(value.ToString()))
        {
            yield return $"{place}: {value} is not one of {known}";
        }

        if (schema.TryGetProperty("minimum", out var minimum) && value.GetInt64() < minimum.GetInt64())
        {
            yield return $"{place}: {value} is less than {minimum}";
        }

        if (
            schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!)
        )
        {
            yield return $"{place}: {value} does not match {pattern}";
        }

        if (
            schema.TryGetProperty("anyOf", out var any)
            && !any.EnumerateArray().Any(each => !Problems(each, value, place).Any())
        )
        {
            yield return $"{place}: fits none of the alternatives";
        }
    }

    private IEnumerable<string> MemberProblems(JsonElement schema, JsonElement value, string place)
    {
        foreach (var name in schema.TryGetProperty("required", out var required) ? Names(required) : [])
        {
            if (!value.TryGetProperty(name, out _))
            {
                yield return $"{place}: {name} is missing";
            }
        }

        var hasOthers = schema.TryGetProperty("additionalProperties", out var others);
        foreach (var member in value.EnumerateObject())
        {
            var inside = $"{place}/{member.Name}";
            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out var own))
            {
                foreach (var problem in Problems(own, member.Value, inside))
                {
                    yield return problem;
                }
            }
            else if (hasOthers && others.ValueKind == JsonValueKind.False)
            {
                yield return $"{inside}: not in the schema";
            }
            else if (hasOthers)
            {
                foreach (var problem in Problems(others, member.Value, inside))
                {
                    yield return problem;
                }
            }
        }
    }

    private static IEnumerable<string> Names(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(each => each.ToString())
            : [value.ToString()];

    private static bool Is(JsonElement value, string type) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => value.ValueKind == JsonValueKind.Null,
        };
}
