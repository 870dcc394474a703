using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// The typed views of a recording. The same names serve every request shape: an SDK call keeps what was sent in
/// <c>body</c>, raw HTTP in <c>payload</c>, a tool runtime in <c>kwargs</c>.
/// </summary>
internal sealed class RecordingViews(RecordingIndex index) : IInteractionViews
{
    /// <inheritdoc/>
    public RecordedRequest ReadRequest(ReadOnlyMemory<byte> document)
    {
        var root = Request(document);
        var body = root["body"];
        body = body.Exists ? body : root["payload"];
        return new RecordedRequest(Body.FromJson(body.Exists ? body : root["kwargs"]))
        {
            Method = root["method"].Text,
            Url = root["url"].Text,
            Headers = HeadersOf(root["headers"]),
            ToolName = root["tool_name"].Text,
            Provider = root["provider"].Text,
            FileId = root["file_id"].Text,
            CalledPath = root["endpoint"].Text,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object> ExtensionsOf(Interaction interaction) => [new RecordingEnvelope(interaction, this)];

    /// <summary>Returns what the recorder finds the recording by.</summary>
    public RecordingEnvelope.Identity ReadIdentity(ReadOnlyMemory<byte> document, string fileName)
    {
        var request = Request(document);
        var keys = RecordingIdentities.KeysOf(request, index.TestId);
        var era = RecordingEra.Of(index, request, () => Response(document), new RecordingName(fileName));
        var key = keys.Count > 0 ? keys[0].Key : null;
        return new RecordingEnvelope.Identity(key, RecordingIdentities.Reproducing(fileName, keys), era);
    }

    /// <inheritdoc/>
    public InteractionDetails? ReadDetails(ReadOnlyMemory<byte> document) =>
        index.Details.Length == 0
            ? null
            : RecordingDetails.Read(JsonTree.Parse(document, index.Details.Start, index.Details.Length).Root);

    /// <inheritdoc/>
    public RecordedResponse ReadResponse(ReadOnlyMemory<byte> document)
    {
        var root = Response(document);
        var body = root["body"];
        var streaming = root["is_streaming"].Truth == true;
        IEnumerable<JsonValue> values =
            body.Kind == System.Text.Json.JsonValueKind.Array ? body.Elements
            : body.HasValue ? [body]
            : [];
        return new RecordedResponse(Body.FromJson(body))
        {
            Status = StatusOf(root["status"]),
            IsStreaming = streaming,
            Error = ReadError(root),
            Chunks = streaming ? ReadChunks(values) : [],
            Values = streaming ? [] : [.. values.Select(value => Unwrap(value, out _))],
        };
    }

    /// <summary>Returns the request as recorded.</summary>
    public JsonValue Request(ReadOnlyMemory<byte> document) =>
        JsonTree.Parse(document, index.Request.Start, index.Request.Length).Root;

    /// <summary>Returns the response as recorded.</summary>
    public JsonValue Response(ReadOnlyMemory<byte> document) =>
        JsonTree.Parse(document, index.Response.Start, index.Response.Length).Root;

    private static HeaderList HeadersOf(JsonValue headers) =>
        headers.Kind == System.Text.Json.JsonValueKind.Object
            ? new HeaderList(headers.Members.Select(header => new HeaderField(header.Key, header.Value.ToString())))
            : HeaderList.Empty;

    /// <summary>An object of the SDK's is kept as a label and the object; the label is only a label.</summary>
    private static JsonValue Unwrap(JsonValue value, out string? type)
    {
        type = value["__type__"].Text;
        var data = value["__data__"];
        return type is not null && data.Exists ? data : value;
    }

    private static List<Chunk> ReadChunks(IEnumerable<JsonValue> elements)
    {
        var chunks = new List<Chunk>();
        var lines = new List<string>();
        foreach (var element in elements)
        {
            if (element.Text is { Length: > 0 } line)
            {
                lines.Add(line);
                continue;
            }

            EndEvent(chunks, lines);
            if (element.Text is null)
            {
                var data = Unwrap(element, out var type);
                chunks.Add(new Chunk(chunks.Count, data) { Type = type });
            }
        }

        EndEvent(chunks, lines);
        return chunks;
    }

    private static void EndEvent(List<Chunk> chunks, List<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        var data = ServerSentEvent.DataOf(lines);
        var value = string.IsNullOrEmpty(data) ? default : JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(data));
        chunks.Add(new Chunk(chunks.Count, value) { EventLines = [.. lines] });
        lines.Clear();
    }

    /// <summary>An HTTP status: three digits (RFC 9110, section 15).</summary>
    private static int? StatusOf(JsonValue status) =>
        status.WholeNumber is { } number and >= 100 and <= 999 ? (int)number : null;

    /// <summary>
    /// An exception that was recorded, or a raw HTTP response whose status says that the call failed.
    /// </summary>
    private static RecordedError? ReadError(JsonValue root)
    {
        var status = StatusOf(root["status"]);
        if (root["is_exception"].Truth == true)
        {
            var data = root["exception_data"];
            return new RecordedError
            {
                Status = StatusOf(data["status_code"]) ?? status,
                Type = data["type"].Text,
                Message = data["message"].Text ?? root["exception_message"].Text ?? "the recorded call failed",
                Category = data["category"].Text,
                Provider = data["provider"].Text,
                Body = data["body"],
            };
        }

        return status is { } failed and >= 400 ? ErrorReader.ReadBody(root["body"], failed) : null;
    }
}
