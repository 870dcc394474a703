namespace OpenAICassette.Formats;

/// <summary>
/// Represents a format that is no document of JSON or YAML and knows where in a file its exchanges begin.
/// </summary>
internal interface IExchangeOffsets
{
    /// <summary>Returns the byte offset of each exchange, in order.</summary>
    /// <param name="document">The bytes of a file that was read before.</param>
    IReadOnlyList<int> FindOffsets(ReadOnlySpan<byte> document);
}
