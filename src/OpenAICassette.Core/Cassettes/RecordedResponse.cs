namespace OpenAICassette;

/// <summary>A recorded response: one body, a stream of chunks, an error, or a stream that ended in an error.</summary>
public sealed class RecordedResponse
{
    internal RecordedResponse(Body body) => Body = body;

    /// <summary>The HTTP status, where one was recorded.</summary>
    public int? Status { get; internal init; }

    /// <summary>True when the response was recorded as a stream.</summary>
    public bool IsStreaming { get; internal init; }

    /// <summary>The error that the call ended in; null when it succeeded.</summary>
    public RecordedError? Error { get; internal init; }

    /// <summary>Gets the header fields; none if the recorder does not keep them.</summary>
    public HeaderList Headers { get; internal init; } = HeaderList.Empty;

    /// <summary>Gets what was answered as recorded, chunks and type labels included.</summary>
    public Body Body { get; }

    /// <summary>
    /// What a response that is no stream answered, each typed object without its label: one value, or several for a
    /// list.
    /// </summary>
    public IReadOnlyList<JsonValue> Values
    {
        get;
        internal init => field = value.ToArray();
    } = Array.Empty<JsonValue>();

    /// <summary>The chunks of a stream; none when the response is not a stream.</summary>
    public IReadOnlyList<Chunk> Chunks
    {
        get;
        internal init => field = value.ToArray();
    } = Array.Empty<Chunk>();

    /// <summary>What was answered, piece for piece: the data of each chunk of a stream, else the values.</summary>
    internal IEnumerable<JsonValue> Data => IsStreaming ? Chunks.Select(chunk => chunk.Data) : Values;

    /// <summary>Returns the body as recorded.</summary>
    public override string ToString() => Body.ToString();
}
