using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>How an API goes over the wire: the framing of its streams, and what an error looks like.</summary>
internal readonly struct ApiStyle(IApiFamily family)
{
    /// <summary>The type of a stream of server-sent events.</summary>
    public const string EventStreamType = "text/event-stream; charset=utf-8";

    private const string LinesType = "application/x-ndjson";

    /// <summary>The type of a stream: server-sent events, or one JSON object on each line.</summary>
    public string StreamType => family.StreamsLines ? LinesType : EventStreamType;

    /// <summary>The style of an operation's API.</summary>
    public static ApiStyle Of(ApiOperation operation) => new(operation.Family);

    /// <summary>A chunk as the API sends it.</summary>
    public string Frame(Chunk chunk) =>
        family.StreamsLines && chunk.EventLines is null ? chunk.Data.ToCompactJson() + "\n" : EventStream.Frame(chunk);

    /// <summary>A recorded error as the body of an answer; as the service wrote it where that was recorded.</summary>
    public string ErrorBody(RecordedError error) =>
        error.Body.Kind == JsonValueKind.Object ? family.WrapError(error.Body) : ErrorBody(error.Message, error.Type);

    /// <summary>A recorded error in the middle of a stream.</summary>
    public string ErrorFrame(RecordedError error)
    {
        var body = ErrorBody(error);
        return family.StreamsLines ? body + "\n"
            : family.ErrorEvent is { } name ? $"event: {name}\ndata: {body}\n\n"
            : $"data: {body}\n\n";
    }

    /// <summary>An error of our own.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="type">The type; null for a general one.</param>
    /// <param name="more">Writes more members of the error.</param>
    public string ErrorBody(string message, string? type, Action<Utf8JsonWriter>? more = null)
    {
        var api = family;
        return JsonLine.Write(writer => api.WriteError(writer, message, type, more));
    }
}
