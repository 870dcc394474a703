namespace OpenAICassette.Formats.AgentLogs;

/// <summary>Represents the place of a JSON value in a log: a line, or an element of a list.</summary>
/// <param name="Start">The offset of its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct LogSpan(int Start, int Length)
{
    /// <summary>Returns the place of a value.</summary>
    public static LogSpan Of(JsonValue value) => new(value.Start, value.Length);

    /// <summary>Returns the value that stands there; undefined if it is not JSON.</summary>
    public JsonValue In(ReadOnlyMemory<byte> document) =>
        Length == 0 ? default : JsonValue.ParseOrUndefined(document[..(Start + Length)], Start);
}
