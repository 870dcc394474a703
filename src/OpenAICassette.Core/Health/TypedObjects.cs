using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Health;

/// <summary>The typed objects of a recorded body: one, or several for a stream or a list of models.</summary>
internal static class TypedObjects
{
    /// <summary>The objects, labels included, with their JSON pointers.</summary>
    /// <param name="body">The recorded body.</param>
    public static IEnumerable<(string Pointer, JsonValue Value)> Of(JsonValue body) =>
        body.Kind == JsonValueKind.Array
            ? body.Elements.Select(
                (value, index) => (string.Create(CultureInfo.InvariantCulture, $"/response/body/{index}"), value)
            )
            : [("/response/body", body)];
}
