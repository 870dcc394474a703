using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Holds the engine's view of a JSON text against that of System.Text.Json.</summary>
internal static class JsonComparison
{
    /// <summary>Fails at the first value whose kind, bytes, text or members differ.</summary>
    public static void AssertSame(
        JsonElement expected,
        JsonValue actual,
        ReadOnlyMemory<byte> document,
        string pointer = ""
    )
    {
        var raw = expected.GetRawText();
        var same =
            expected.ValueKind == actual.Kind
            && raw == Encoding.UTF8.GetString(actual.Utf8.Span)
            && actual.Utf8.Span.SequenceEqual(document.Span.Slice(actual.Start, actual.Length));
        Assert.True(same, $"{pointer}: expected {expected.ValueKind} {raw}, found {actual.Kind} {actual}");
        switch (expected.ValueKind)
        {
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.Text);
                break;
            case JsonValueKind.Object:
                var members = expected.EnumerateObject().ToList();
                Assert.Equal(members.Select(member => member.Name), actual.Members.Select(member => member.Key));
                foreach (var (member, found) in members.Zip(actual.Members))
                {
                    AssertSame(member.Value, found.Value, document, $"{pointer}/{member.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.Count);
                foreach (var (element, found) in expected.EnumerateArray().Zip(actual.Elements))
                {
                    AssertSame(element, found, document, $"{pointer}/-");
                }

                break;
        }
    }

    /// <summary>A JSON text without white space, put together from its tokens.</summary>
    public static string Minified(ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder();
        var reader = new Utf8JsonReader(json);
        var comma = false;
        while (reader.Read())
        {
            var token = Encoding.UTF8.GetString(reader.ValueSpan);
            var ends = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            text.Append(comma && !ends ? "," : "")
                .Append(
                    reader.TokenType switch
                    {
                        JsonTokenType.PropertyName => $"\"{token}\":",
                        JsonTokenType.String => $"\"{token}\"",
                        _ => token,
                    }
                );
            comma =
                reader.TokenType
                    is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray);
        }

        return text.ToString();
    }
}
