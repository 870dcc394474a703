using System.Text.Json;
using OpenAICassette.Json;
using OpenAICassette.Matching;

namespace OpenAICassette.Replay;

/// <summary>How the APIs differ on the wire: in the framing of a stream, and in what an error looks like.</summary>
internal sealed class ApiStyle
{
    /// <summary>The type of a stream of server-sent events.</summary>
    public const string EventStreamType = "text/event-stream; charset=utf-8";

    private static readonly ApiStyle s_openAI = new(Kind.OpenAI);
    private static readonly ApiStyle s_anthropic = new(Kind.Anthropic);
    private static readonly ApiStyle s_ollama = new(Kind.Ollama);
    private readonly Kind _kind;

    private ApiStyle(Kind kind)
    {
        _kind = kind;
    }

    private enum Kind
    {
        OpenAI,
        Anthropic,
        Ollama,
    }

    /// <summary>The type of a stream: server-sent events, or one JSON object on each line.</summary>
    public string StreamType => _kind == Kind.Ollama ? "application/x-ndjson" : EventStreamType;

    /// <summary>The style of an operation's API.</summary>
    public static ApiStyle Of(ApiOperation operation)
        => operation.Name.StartsWith("api/", StringComparison.Ordinal) ? s_ollama
            : operation.Name == "messages" || operation.Name.StartsWith("messages/", StringComparison.Ordinal) ? s_anthropic
            : s_openAI;

    /// <summary>A chunk as the API sends it.</summary>
    public string Frame(Chunk chunk, bool hasEventName) => _kind == Kind.Ollama && chunk.EventLines is null
        ? chunk.Data.ToCompactJson() + "\n"
        : EventStream.Frame(chunk, hasEventName);

    /// <summary>A recorded error as the body of an answer; as the service wrote it where that was recorded.</summary>
    public string ErrorBody(RecordedError error)
    {
        // SDKs keep what stands inside "error".
        var body = error.Body;
        return body.Kind != JsonValueKind.Object ? ErrorBody(error.Message, error.Type)
            : body["error"].HasValue ? body.ToCompactJson()
            : _kind == Kind.Anthropic && body["type"].Text == "error" ? body.ToCompactJson()
            : $"{{\"error\":{body.ToCompactJson()}}}";
    }

    /// <summary>A recorded error in the middle of a stream.</summary>
    public string ErrorFrame(RecordedError error) => _kind switch
    {
        Kind.Ollama => ErrorBody(error) + "\n",
        Kind.Anthropic => $"event: error\ndata: {ErrorBody(error)}\n\n",
        _ => $"data: {ErrorBody(error)}\n\n",
    };

    /// <summary>An error of our own.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="type">The type; null for a general one.</param>
    /// <param name="more">Writes more members of the error.</param>
    public string ErrorBody(string message, string? type, Action<Utf8JsonWriter>? more = null) => JsonLine.Write(writer =>
    {
        if (_kind == Kind.Ollama)
        {
            writer.WriteString("error", message);
            more?.Invoke(writer);
            return;
        }

        if (_kind == Kind.Anthropic)
        {
            writer.WriteString("type", "error");
        }

        writer.WriteStartObject("error");
        writer.WriteString("message", message);
        writer.WriteString("type", type ?? "api_error");
        if (_kind == Kind.OpenAI)
        {
            writer.WriteNull("param");
            writer.WriteString("code", type);
        }

        more?.Invoke(writer);
        writer.WriteEndObject();
    });
}
