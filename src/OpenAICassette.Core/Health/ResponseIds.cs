namespace OpenAICassette.Health;

/// <summary>
/// The ids that the recorder makes of a recording's key: <c>rec-</c> and 12 digits, in every typed object but models.
/// </summary>
internal static class ResponseIds
{
    /// <summary>What such an id begins with.</summary>
    public const string Prefix = "rec-";

    /// <summary>The ids of a response with their JSON pointers.</summary>
    /// <param name="body">The recorded body.</param>
    public static IEnumerable<(string Pointer, JsonValue Id)> Of(JsonValue body) =>
        TypedObjects
            .Of(body)
            .Select(typed => (Pointer: $"{typed.Pointer}/__data__/id", Id: typed.Value["__data__"]["id"]))
            .Where(id => id.Id.Text?.StartsWith(Prefix, StringComparison.Ordinal) == true);
}
