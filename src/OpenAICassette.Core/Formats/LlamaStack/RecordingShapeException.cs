namespace OpenAICassette.Formats.LlamaStack;

/// <summary>The text is JSON, but not of a recording's shape.</summary>
internal sealed class RecordingShapeException(string message, int offset) : Exception(message)
{
    /// <summary>The byte offset of the value that is not as expected.</summary>
    public int Offset { get; } = offset;
}
