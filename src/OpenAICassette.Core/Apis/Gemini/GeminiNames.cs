namespace OpenAICassette.Apis.Gemini;

/// <summary>Looks up members that have a name in snake case and one in camel case.</summary>
internal static class GeminiNames
{
    /// <summary>Returns the member under either name; undefined if there is none.</summary>
    public static JsonValue Find(JsonValue value, string snake, string camel) =>
        value[snake] is { Exists: true } found ? found : value[camel];
}
