using System.Text;

namespace OpenAICassette.Formats.Cassetter;

/// <summary>Reads the HTTP exchanges and gRPC calls of cassetter.</summary>
internal static class CassetterExchange
{
    /// <summary>Reads an HTTP exchange.</summary>
    public static ExchangeDraft Read(JsonValue interaction)
    {
        var (request, response) = (interaction["request"], interaction["response"]);
        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        return new()
        {
            Method = request["method"].Text ?? "GET",
            Url = request["uri"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = ReadBody(request, sent),
            Status = JsonFields.Status(response["status"]),
            ResponseHeaders = received,
            ResponseBody = ReadBody(response, received),
            SentAt = JsonFields.Time(interaction["recorded_at"]),
        };
    }

    /// <summary>
    /// Reads a gRPC call. Its messages are bytes of Protocol Buffers, and its status is none of HTTP.
    /// </summary>
    public static ExchangeDraft ReadCall(JsonValue interaction)
    {
        var (request, response) = (interaction["request"], interaction["response"]);
        var (sent, received) = (JsonFields.Headers(request["metadata"]), JsonFields.Headers(response["metadata"]));
        var code = response["status_code"].WholeNumber ?? 0;
        return new()
        {
            Method = ExchangeDraft.GrpcMethod,
            Url = request["method"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = ReadBody(request, sent),
            ResponseHeaders = received,
            ResponseBody = ReadBody(response, received),
            Failure = code == 0 ? null : $"gRPC status {code} {response["status_message"].Text}".TrimEnd(),
            SentAt = JsonFields.Time(interaction["recorded_at"]),
        };
    }

    /// <summary>
    /// Reads the body of a message or a frame. TOML has its type and its content beside the other members, and JSON as
    /// text.
    /// </summary>
    public static Body ReadBody(JsonValue message, HeaderList headers)
    {
        var isFlat = message["body_type"].Exists;
        var type = isFlat ? message["body_type"].Text : message["body"]["type"].Text;
        var content = isFlat ? message["body_content"] : message["body"]["content"];
        var mediaType = headers["content-type"];
        return type switch
        {
            "json" when isFlat && content.Text is { } json => Body.FromBytes(
                Encoding.UTF8.GetBytes(json),
                mediaType ?? "application/json"
            ),
            "json" => Body.FromJson(content, mediaType ?? "application/json"),
            "binary" when RecordedBytes.RequireHex(content) is { } bytes => Body.FromRecorded(
                bytes,
                mediaType,
                headers["content-encoding"]
            ),
            "none" => Body.Empty,
            _ => JsonFields.TextOrJson(content, headers),
        };
    }
}
