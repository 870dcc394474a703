using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>
/// Lays JSON out as Python's <c>json.dump(…, indent=2)</c> does, without the engine. Numbers stay as they are written.
/// </summary>
internal static class PythonLayout
{
    /// <summary>The bytes of a file: the text, and a line end.</summary>
    public static byte[] Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(text, document.RootElement, "\n");
        return Encoding.ASCII.GetBytes(text.Append('\n').ToString());
    }

    /// <summary>JSON on one line with sorted names, as <c>json.dumps(…, sort_keys=True)</c> writes it.</summary>
    public static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Canonical(document.RootElement);
    }

    /// <summary>A text as Python writes it, quotes included.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(
                character switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\b' => "\\b",
                    '\f' => "\\f",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                    _ => character.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    private static string Canonical(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object =>
                $"{{{string.Join(", ", value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{Quoted(member.Name)}: {Canonical(member.Value)}"))}}}",
            JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Canonical))}]",
            JsonValueKind.String => Quoted(value.GetString()!),
            _ => value.GetRawText(),
        };

    private static void Write(StringBuilder text, JsonElement value, string line)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Write(text, '{', '}', value.EnumerateObject(), line, (member, inner) =>
                {
                    text.Append(Quoted(member.Name)).Append(": ");
                    Write(text, member.Value, inner);
                });
                break;
            case JsonValueKind.Array:
                Write(text, '[', ']', value.EnumerateArray(), line, (element, inner) => Write(text, element, inner));
                break;
            case JsonValueKind.String:
                text.Append(Quoted(value.GetString()!));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Write<T>(
        StringBuilder text,
        char open,
        char close,
        IEnumerable<T> items,
        string line,
        Action<T, string> write
    )
    {
        var isFirst = true;
        text.Append(open);
        foreach (var item in items)
        {
            text.Append(isFirst ? "" : ",").Append(line).Append("  ");
            write(item, line + "  ");
            isFirst = false;
        }

        text.Append(isFirst ? "" : line).Append(close);
    }
}
