using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Formats.LlamaStack.Checks;

/// <summary>Reads the typed objects of a recorded body: one, or several for a stream or a list of models.</summary>
internal static class TypedObjects
{
    /// <summary>The prefix of the ids that the recorder makes of a key: <c>rec-</c> and 12 digits.</summary>
    public const string IdPrefix = "rec-";

    /// <summary>Returns the objects, type labels included, with their JSON pointers.</summary>
    /// <param name="body">The recorded body.</param>
    public static IEnumerable<(string Pointer, JsonValue Value)> Of(JsonValue body) =>
        body.Kind == JsonValueKind.Array
            ? body.Elements.Select(
                (value, index) => (string.Create(CultureInfo.InvariantCulture, $"/response/body/{index}"), value)
            )
            : [("/response/body", body)];

    /// <summary>
    /// Returns the ids that were made of a key, with their JSON pointers. Every typed object but a model has one.
    /// </summary>
    /// <param name="body">The recorded body.</param>
    public static IEnumerable<(string Pointer, JsonValue Id)> IdsOf(JsonValue body) =>
        Of(body)
            .Select(typed => (Pointer: $"{typed.Pointer}/__data__/id", Id: typed.Value["__data__"]["id"]))
            .Where(id => id.Id.Text?.StartsWith(IdPrefix, StringComparison.Ordinal) == true);
}
