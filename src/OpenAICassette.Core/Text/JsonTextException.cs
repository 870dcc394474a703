namespace OpenAICassette.Text;

/// <summary>
/// The exception that is thrown when a text is not JSON (RFC 8259), or is nested deeper than is read.
/// </summary>
internal sealed class JsonTextException(string message, int offset, bool isEnd = false) : Exception(message)
{
    /// <summary>Gets the byte offset of what was not expected.</summary>
    public int Offset { get; } = offset;

    /// <summary>Gets whether the text is JSON as far as it goes, but ends too soon.</summary>
    public bool IsEnd { get; } = isEnd;
}
