using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>
/// Represents a recorded response: one body, a stream of frames, an error, or a stream that ended in an error.
/// </summary>
public sealed class RecordedResponse
{
    internal RecordedResponse(Body body) => Body = body;

    /// <summary>Gets the HTTP status; null if none was recorded.</summary>
    public int? Status { get; internal init; }

    /// <summary>Gets the reason phrase as recorded; null if there is none.</summary>
    public string? Reason { get; internal init; }

    /// <summary>Gets whether the response was recorded as a stream.</summary>
    public bool IsStreaming { get; internal init; }

    /// <summary>Gets the error that the call ended in; null if it succeeded.</summary>
    public RecordedError? Error { get; internal init; }

    /// <summary>Gets the header fields; none if the recorder does not keep them.</summary>
    public HeaderList Headers { get; internal init; } = HeaderList.Empty;

    /// <summary>Gets the body as recorded, a recorder's type labels included.</summary>
    public Body Body { get; }

    /// <summary>
    /// Gets the JSON values of a response that is not a stream, each without the recorder's label: one value, or
    /// several for a list.
    /// </summary>
    public IReadOnlyList<JsonValue> Values
    {
        get;
        internal init => field = value.ToArray();
    } = Array.Empty<JsonValue>();

    /// <summary>Gets the frames of a stream; none if the response is not a stream.</summary>
    public IReadOnlyList<Frame> Frames
    {
        get;
        internal init => field = value as Frame[] ?? [.. value];
    } = Array.Empty<Frame>();

    /// <summary>Gets when the response ended, from the sending of the request; null if it was not recorded.</summary>
    public TimeSpan? EndedAt { get; internal init; }

    /// <summary>Gets the chunks of a stream: its frames as PowerShell shows them.</summary>
    public IReadOnlyList<Chunk> Chunks => field ??= Frames.Select((frame, index) => new Chunk(index, frame)).ToArray();

    /// <summary>
    /// Gets whether the body holds the very bytes that the service sent, so that a replay sends them too.
    /// </summary>
    internal bool IsVerbatim { get; init; }

    /// <summary>Gets the layout of the JSON that the service sent; null if it is not known.</summary>
    internal JsonLayout? Layout { get; init; }

    /// <summary>Gets the fields that came after the body.</summary>
    internal HeaderList Trailers { get; init; } = HeaderList.Empty;

    /// <summary>Gets what opens the file that holds the body; null if the recording itself holds it.</summary>
    internal Func<FileStream>? OpenBody { get; init; }

    /// <summary>Gets how the service cut the connection after the body; null if it did not.</summary>
    internal ConnectionCut? Cut { get; init; }

    /// <summary>Gets the answer piece by piece: the data of each frame that the service sent, else the values.</summary>
    internal IEnumerable<JsonValue> Data => IsStreaming ? ReceivedData() : Values;

    private IEnumerable<JsonValue> ReceivedData()
    {
        foreach (var frame in Frames)
        {
            if (frame.Direction == FrameDirection.Received)
            {
                yield return frame.Json;
            }
        }
    }

    /// <summary>Returns the body as recorded.</summary>
    public override string ToString() => Body.ToString();
}
