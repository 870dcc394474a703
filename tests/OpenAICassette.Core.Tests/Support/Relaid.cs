using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Copies of a recording that say the same in another layout.</summary>
internal static class Relaid
{
    /// <summary>
    /// Every layout with what is done in it. Only the order of members is a thing that a recorder does not restore
    /// everywhere.
    /// </summary>
    public static IReadOnlyDictionary<string, Func<byte[], byte[]>> All { get; } =
        new Dictionary<string, Func<byte[], byte[]>>
        {
            ["on one line"] = OnOneLine,
            ["with every object's members in reverse"] = Reversed,
            ["with the envelope's members in reverse"] = EnvelopeReversed,
            ["with CR LF"] = WithCrLf,
            ["with a byte order mark"] = WithMark,
        };

    public static byte[] OnOneLine(byte[] json) => Encoding.UTF8.GetBytes(JsonComparison.Minified(json));

    public static byte[] Reversed(byte[] json) => Write(json, (_, _) => true);

    /// <summary>Turns round only those objects whose order is the recorder's own.</summary>
    public static byte[] EnvelopeReversed(byte[] json) => Write(json, (pointer, value) => pointer switch
            {
                "" or "/request" or "/response" or "/response/exception_data" => true,
                "/response/body" or "/response/body/-" => value.TryGetProperty("__type__", out _),
                _ => false,
            });

    public static byte[] WithCrLf(byte[] json) =>
        Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(json)
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace("\n", "\r\n", StringComparison.Ordinal)
        );

    public static byte[] WithMark(byte[] json) => [0xEF, 0xBB, 0xBF, .. json];

    private static byte[] Write(byte[] json, Func<string, JsonElement, bool> isReversed)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(text, document.RootElement, string.Empty, isReversed);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(
        StringBuilder text,
        JsonElement value,
        string pointer,
        Func<string, JsonElement, bool> isReversed
    )
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            text.Append(value.GetRawText());
            return;
        }

        var isObject = value.ValueKind == JsonValueKind.Object;
        var items = isObject
            ? value.EnumerateObject().Select(member => ((string?)member.Name, member.Value)).ToList()
            : [.. value.EnumerateArray().Select(element => ((string?)null, element))];
        if (isObject && isReversed(pointer, value))
        {
            items.Reverse();
        }

        text.Append(isObject ? '{' : '[');
        for (var i = 0; i < items.Count; i++)
        {
            var (name, inner) = items[i];
            text.Append(i == 0 ? "" : " ,\t").Append(name is null ? "" : JsonSerializer.Serialize(name) + " :");
            Write(text, inner, $"{pointer}/{name ?? "-"}", isReversed);
        }

        text.Append(isObject ? '}' : ']');
    }
}
