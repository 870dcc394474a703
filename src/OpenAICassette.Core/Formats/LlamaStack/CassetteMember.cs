using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents the member <c>openai_cassette</c> of a recording, which holds what the format itself has no place for.
/// Other readers pass over it. Its schema is <c>module/recording.schema.json</c>.
/// </summary>
internal sealed record CassetteMember
{
    /// <summary>The member's name.</summary>
    public const string Name = "openai_cassette";

    /// <summary>Gets when the request was sent.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Gets which of several recordings of the same request it is, from 1.</summary>
    public int Ordinal { get; init; } = 1;

    /// <summary>Gets the HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Gets how a body that is not JSON is recorded, always as a string: text, or base64 for bytes that are not text;
    /// null for JSON.
    /// </summary>
    public string? BodyEncoding { get; init; }

    /// <summary>
    /// Gets how the request's payload holds a body that is not JSON, or that no body was sent, as in
    /// <see cref="RequestPayload"/>; null for JSON.
    /// </summary>
    public string? RequestEncoding { get; init; }

    /// <summary>Gets the media type of a request body that is not JSON; null if none was sent.</summary>
    public string? RequestMediaType { get; init; }

    /// <summary>Gets the layout of JSON in the response; null for JSON without white space in ASCII.</summary>
    public JsonLayout? Layout { get; init; }

    /// <summary>Gets the header fields of the response that are worth keeping.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Gets the fields after the body of the response.</summary>
    public IReadOnlyList<HeaderField> Trailers { get; init; } = [];

    /// <summary>Gets when each frame arrived, in milliseconds since the request was sent.</summary>
    public IReadOnlyList<double> FrameOffsets { get; init; } = [];

    /// <summary>Gets whether each server-sent event was preceded by a line with its name.</summary>
    public bool HasEventNames { get; init; }

    /// <summary>Gets how the service cut the connection after the recorded bytes; null if it did not.</summary>
    public ConnectionCut? Cut { get; init; }

    /// <summary>Gets how many bytes of the body had come when the service cut the connection.</summary>
    public long CutAt { get; init; }

    /// <summary>Returns when a frame arrived after the request; null if that is not recorded, or not a time.</summary>
    /// <param name="index">The frame's position, from 0.</param>
    public TimeSpan? ArrivalOf(int index) => index < FrameOffsets.Count ? TimeOf(FrameOffsets[index]) : null;

    /// <summary>Returns a time in milliseconds; null if it cannot be one.</summary>
    public static TimeSpan? TimeOf(double milliseconds)
    {
        const double longest = 30 * 24 * 3_600_000.0;
        return Math.Abs(milliseconds) <= longest ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
