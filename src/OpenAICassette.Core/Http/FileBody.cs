namespace OpenAICassette.Http;

/// <summary>Decides which request bodies go to a file.</summary>
internal static class FileBody
{
    /// <summary>Shorter bodies stay in memory.</summary>
    public const int Shortest = 8 << 20;

    /// <summary>
    /// Returns whether the header fields of a request allow it: JSON is read as a whole, and compressed bodies are
    /// decoded in memory.
    /// </summary>
    public static bool Allows(HttpHeaders headers) =>
        !headers.Bytes("Content-Type").StartsWith("application/json"u8)
        && headers["Content-Encoding"] is null
        && headers["Content-Type"] is { } type
        && !type.Contains("json", StringComparison.OrdinalIgnoreCase);
}
