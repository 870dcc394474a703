using System.Text;
using System.Text.Json;

namespace OpenAICassette.Transcripts;

/// <summary>Formats JSON for reading: each member or element on a line of its own. Other text is unchanged.</summary>
internal static class PrettyJson
{
    /// <summary>Returns the formatted text.</summary>
    public static string Of(string json)
    {
        var value = json.AsSpan().TrimStart() is ['{' or '[', ..]
            ? JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json))
            : default;
        if (!value.Exists)
        {
            return json;
        }

        var text = new StringBuilder(json.Length + 32);
        Append(text, value, "\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonValue value, string lineEnd)
    {
        var inner = lineEnd + "  ";
        var separator = string.Empty;
        switch (value.Kind)
        {
            case JsonValueKind.Object when value.Count > 0:
                text.Append('{');
                foreach (var (name, member) in value.Members)
                {
                    text.Append(separator)
                        .Append(inner)
                        .Append('"')
                        .Append(
                            name.Replace("\\", "\\\\", StringComparison.Ordinal)
                                .Replace("\"", "\\\"", StringComparison.Ordinal)
                        )
                        .Append("\": ");
                    Append(text, member, inner);
                    separator = ",";
                }

                text.Append(lineEnd).Append('}');
                break;
            case JsonValueKind.Array when value.Count > 0:
                text.Append('[');
                foreach (var element in value.Elements)
                {
                    text.Append(separator).Append(inner);
                    Append(text, element, inner);
                    separator = ",";
                }

                text.Append(lineEnd).Append(']');
                break;
            case JsonValueKind.String:
                // Characters are written as such; line ends stay escaped.
                text.Append('"')
                    .Append(
                        value
                            .Text!.Replace("\\", "\\\\", StringComparison.Ordinal)
                            .Replace("\"", "\\\"", StringComparison.Ordinal)
                            .Replace("\n", "\\n", StringComparison.Ordinal)
                    )
                    .Append('"');
                break;
            default:
                text.Append(value.ToCompactJson());
                break;
        }
    }
}
