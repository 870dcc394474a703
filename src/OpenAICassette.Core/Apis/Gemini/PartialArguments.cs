using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.Gemini;

/// <summary>
/// Joins arguments of a function call that Vertex AI streams value by value, each with the JSON path (RFC 9535) where it
/// belongs: <c>partialArgs</c> of FunctionCall in Google's API reference. Texts with one path are one text.
/// </summary>
internal static partial class PartialArguments
{
    /// <summary>Deeper than any argument; what is deeper stands under its whole path.</summary>
    private const int MaxDepth = 64;

    /// <summary>Returns whether the arguments of a call are such values.</summary>
    public static bool Are(JsonValue arguments) => PathOf(arguments[0]) is not null;

    /// <summary>Returns the arguments as a JSON object.</summary>
    /// <param name="fragments">The lists of values, in the order in which they came.</param>
    public static string Join(IEnumerable<JsonValue> fragments)
    {
        var root = new Node();
        foreach (var value in fragments.SelectMany(list => list.Elements))
        {
            var node = StepsOf(PathOf(value) ?? string.Empty).Aggregate(root, (parent, step) => parent.Child(step));
            node.Text.Append(GeminiNames.Find(value, "string_value", "stringValue").Text);
            node.Other = OtherValueOf(value) ?? node.Other;
        }

        return Encoding.UTF8.GetString(JsonBytes.Write(writer => root.Write(writer, isRoot: true)));
    }

    private static string? PathOf(JsonValue value) => GeminiNames.Find(value, "json_path", "jsonPath").Text;

    /// <summary>Returns a number, a Boolean or null as JSON; null if the value is a text.</summary>
    private static string? OtherValueOf(JsonValue value)
    {
        var number = GeminiNames.Find(value, "number_value", "numberValue");
        var other = number.Exists ? number : GeminiNames.Find(value, "bool_value", "boolValue");
        var isNull = GeminiNames.Find(value, "null_value", "nullValue").Exists;
        return other.Exists ? other.ToCompactJson()
            : isNull ? "null"
            : null;
    }

    /// <summary>Returns the names and indexes that a path has after its root; an index begins with a bracket.</summary>
    private static List<string> StepsOf(string path)
    {
        var steps = path.StartsWith('$') ? PathStep().Matches(path, "$".Length).ToList() : [];
        var isRead = steps.Sum(step => step.Length) == path.Length - 1;
        return isRead && steps.Count is > 0 and <= MaxDepth ? steps.ConvertAll(NameOf) : [path];
    }

    private static string NameOf(Match step) =>
        step.Groups["quoted"] is { Success: true } quoted ? Escape().Replace(quoted.Value, "$1")
        : step.Groups["name"] is { Success: true } name ? name.Value
        : step.Value;

    [GeneratedRegex(
        @"\G(?:\.(?<name>[^.\[\]]+)|\[\d+\]|\['(?<quoted>(?:[^'\\]|\\.)*)'\]|\[""(?<quoted>(?:[^""\\]|\\.)*)""\])"
    )]
    private static partial Regex PathStep();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();

    private sealed class Node
    {
        private readonly OrderedDictionary<string, Node> _children = [];

        public StringBuilder Text { get; } = new();

        public string? Other { get; set; }

        public Node Child(string step)
        {
            if (!_children.TryGetValue(step, out var child))
            {
                _children.Add(step, child = new Node());
            }

            return child;
        }

        public void Write(Utf8JsonWriter writer, bool isRoot = false)
        {
            if (_children.Count > 0 && _children.Keys.All(step => step.StartsWith('[')))
            {
                writer.WriteStartArray();
                foreach (var child in _children.Values)
                {
                    child.Write(writer);
                }

                writer.WriteEndArray();
            }
            else if (_children.Count > 0 || isRoot)
            {
                writer.WriteStartObject();
                foreach (var (name, child) in _children)
                {
                    writer.WritePropertyName(name);
                    child.Write(writer);
                }

                writer.WriteEndObject();
            }
            else if (Other is not null)
            {
                writer.WriteRawValue(Other);
            }
            else
            {
                writer.WriteStringValue(Text.ToString());
            }
        }
    }
}
