using OpenAICassette.Cassettes;

namespace OpenAICassette.Conversations;

/// <summary>
/// Represents the views of what a client handed out: messages that were sent, a response, or the chunks of one.
/// </summary>
/// <param name="request">What was sent; undefined where that is not known.</param>
/// <param name="response">What was answered, value by value; undefined for an event whose data is no JSON.</param>
/// <param name="events">The lines of each event, where the response came as an event stream.</param>
/// <param name="isStreaming">True for a stream.</param>
internal sealed class GivenViews(
    JsonValue request,
    IReadOnlyList<JsonValue> response,
    IReadOnlyList<string[]>? events,
    bool isStreaming
) : IInteractionViews
{
    /// <inheritdoc/>
    public RecordedRequest ReadRequest(ReadOnlyMemory<byte> document) => new(Body.FromJson(request));

    /// <inheritdoc/>
    public RecordedResponse ReadResponse(ReadOnlyMemory<byte> document)
    {
        var body = response.Count == 1 ? response[0] : default;
        return new RecordedResponse(Body.FromJson(body))
        {
            IsStreaming = isStreaming,
            Values = isStreaming ? [] : response,
            Frames = isStreaming ? [.. response.Select(FrameOf)] : [],
        };
    }

    private Frame FrameOf(JsonValue data, int index) =>
        events is null ? Frame.FromJson(FrameKind.Object, data) : Frame.FromEvent(events[index]);
}
