using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>Writes streams and errors as an API sends them over HTTP.</summary>
internal readonly struct ApiStyle(IApiFamily family)
{
    /// <summary>The media type of a stream of server-sent events.</summary>
    public const string EventStreamType = "text/event-stream; charset=utf-8";

    private const string LinesType = "application/x-ndjson";

    /// <summary>Gets the media type of a stream: server-sent events, or one JSON object on each line.</summary>
    public string StreamType => family.StreamsLines ? LinesType : EventStreamType;

    /// <summary>Returns the style of an operation's API.</summary>
    public static ApiStyle Of(ApiOperation operation) => new(operation.Family);

    /// <summary>Returns a chunk as the API sends it.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="layout">The layout of its JSON; null for JSON without white space.</param>
    public string Frame(Chunk chunk, JsonLayout? layout = null) =>
        family.StreamsLines && chunk.EventLines is null
            ? EventStream.JsonOf(chunk, layout) + "\n"
            : EventStream.Frame(chunk, layout);

    /// <summary>
    /// Returns a recorded error as the body of an answer, as the service wrote it if that was recorded.
    /// </summary>
    public string ErrorBody(RecordedError error) =>
        error.Body.Kind == JsonValueKind.Object ? family.WrapError(error.Body) : ErrorBody(error.Message, error.Type);

    /// <summary>Returns a recorded error in the middle of a stream.</summary>
    public string ErrorFrame(RecordedError error)
    {
        var body = ErrorBody(error);
        return family.StreamsLines ? body + "\n"
            : family.ErrorEvent is { } name ? $"event: {name}\ndata: {body}\n\n"
            : $"data: {body}\n\n";
    }

    /// <summary>Returns an error of this program.</summary>
    /// <param name="message">The message.</param>
    /// <param name="type">The type; null for a general one.</param>
    /// <param name="more">Writes further members of the error.</param>
    public string ErrorBody(string message, string? type, Action<Utf8JsonWriter>? more = null)
    {
        var api = family;
        return JsonLine.Write(writer => api.WriteError(writer, message, type, more));
    }
}
