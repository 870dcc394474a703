using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>Specifies what one element of a stream is.</summary>
public enum FrameKind
{
    /// <summary>A server-sent event.</summary>
    Event,

    /// <summary>One line of a stream of JSON lines.</summary>
    Line,

    /// <summary>An object as a client library handed it out.</summary>
    Object,

    /// <summary>A message of a binary event stream, or an element of an array that arrives piece by piece.</summary>
    Message,

    /// <summary>A text message of a WebSocket.</summary>
    TextMessage,

    /// <summary>A binary message of a WebSocket.</summary>
    BinaryMessage,

    /// <summary>The end of a WebSocket; the data is the code in two bytes and the reason (RFC 6455, section 5.5.1).</summary>
    Close,

    /// <summary>A ping or pong of a WebSocket.</summary>
    Control,
}

/// <summary>Specifies who sent a frame.</summary>
public enum FrameDirection
{
    /// <summary>The service sent it.</summary>
    Received,

    /// <summary>The client sent it.</summary>
    Sent,
}

/// <summary>Represents an element of a stream, with the time at which it arrived if that was recorded.</summary>
/// <param name="Kind">What the element is.</param>
/// <param name="Direction">Who sent it.</param>
/// <param name="Data">What it carries, in UTF-8 where that is text: an event's data, a line, an object's JSON.</param>
/// <param name="EventName">The name of the event; null if it has none.</param>
/// <param name="At">The time from the sending of the request; null if it was not recorded.</param>
public readonly record struct Frame(
    FrameKind Kind,
    FrameDirection Direction,
    ReadOnlyMemory<byte> Data,
    string? EventName = null,
    TimeSpan? At = null
)
{
    /// <summary>
    /// Gets the recorder's label for the class of an object; null if there is none. It is only a label.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>Gets the lines of a server-sent event as recorded; null for another frame.</summary>
    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>Gets the data as JSON; undefined if it is not JSON.</summary>
    public JsonValue Json { get; private init; }

    /// <summary>
    /// Gets the offset in the response's body at which the frame ends; 0 if the frame is not a part of it.
    /// </summary>
    internal int End { get; init; }

    /// <summary>Creates a frame from a JSON value, which keeps its bytes.</summary>
    /// <param name="kind">What the frame is.</param>
    /// <param name="value">The value.</param>
    /// <param name="at">When it arrived.</param>
    internal static Frame FromJson(FrameKind kind, JsonValue value, TimeSpan? at = null) =>
        new(kind, FrameDirection.Received, value.Utf8, At: at) { Json = value };

    /// <summary>Creates a frame from bytes, which are JSON or not.</summary>
    /// <param name="kind">What the frame is.</param>
    /// <param name="data">The bytes; they must not change afterwards.</param>
    /// <param name="at">When it arrived.</param>
    internal static Frame FromBytes(FrameKind kind, ReadOnlyMemory<byte> data, TimeSpan? at = null) =>
        new(kind, FrameDirection.Received, data, At: at) { Json = JsonValue.ParseOrUndefined(data) };

    /// <summary>Creates a frame of a WebSocket.</summary>
    /// <param name="kind">What the frame is.</param>
    /// <param name="direction">Who sent it.</param>
    /// <param name="data">The bytes; they must not change afterwards.</param>
    /// <param name="at">When it was sent or arrived, from the opening of the connection.</param>
    internal static Frame FromMessage(
        FrameKind kind,
        FrameDirection direction,
        ReadOnlyMemory<byte> data,
        TimeSpan? at = null
    )
    {
        var isMessage = kind is FrameKind.TextMessage or FrameKind.BinaryMessage;
        return new(kind, direction, data, At: at) { Json = isMessage ? JsonValue.ParseOrUndefined(data) : default };
    }

    /// <summary>Creates a frame from the lines of a server-sent event.</summary>
    /// <param name="lines">The lines, without the blank line that ends the event.</param>
    /// <param name="at">When it arrived.</param>
    internal static Frame FromEvent(IReadOnlyList<string> lines, TimeSpan? at = null)
    {
        var data = System.Text.Encoding.UTF8.GetBytes(ServerSentEvent.DataOf(lines) ?? string.Empty);
        return new(FrameKind.Event, FrameDirection.Received, data, ServerSentEvent.NameOf(lines), at)
        {
            Lines = lines,
            Json = JsonValue.ParseOrUndefined(data),
        };
    }
}
