using System.Globalization;
using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Redaction;

/// <summary>Walks all strings of a document with the names and places they have.</summary>
internal static class JsonStrings
{
    /// <summary>Every string value in document order: the nearest member name above it, its JSON pointer (RFC 6901), and the value.</summary>
    public static IEnumerable<(string Name, string Pointer, JsonValue Value)> Of(JsonValue value) => Of(string.Empty, string.Empty, value);

    private static IEnumerable<(string Name, string Pointer, JsonValue Value)> Of(string name, string pointer, JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.String:
                yield return (name, pointer, value);
                break;
            case JsonValueKind.Object:
                foreach (var (member, inner) in value.Members)
                {
                    foreach (var found in Of(member, $"{pointer}/{JsonPointer.Part(member)}", inner))
                    {
                        yield return found;
                    }
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var inner in value.Elements)
                {
                    foreach (var found in Of(name, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}"), inner))
                    {
                        yield return found;
                    }

                    index++;
                }

                break;
        }
    }
}
