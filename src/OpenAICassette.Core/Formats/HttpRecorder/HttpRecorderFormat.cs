using System.Buffers.Binary;
using System.Text;

namespace OpenAICassette.Formats.HttpRecorder;

/// <summary>
/// Represents the cassettes of http-recorder, which records the tests of OpenCode: HTTP exchanges and WebSocket
/// sessions.
/// </summary>
internal sealed class HttpRecorderFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("http-recorder")
        {
            Extensions = [".json"],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.RequestHeaders
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.BinaryBodies
                | FormatFeatures.ExactBodies
                | FormatFeatures.Host
                | FormatFeatures.WebSockets,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        if (JsonHead.Has(head, "interactions/[]/transport"u8))
        {
            return FormatMatch.Certain;
        }

        // The first versions did not name the transport.
        var isLikely =
            JsonHead.Has(head, "version"u8)
            && JsonHead.Has(head, "interactions/[]/request/url"u8)
            && JsonHead.Has(head, "interactions/[]/response/status"u8)
            && !JsonHead.Has(head, "interactions/[]/response/code"u8);
        return isLikely ? FormatMatch.Likely : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        [
            .. JsonFields
                .List(
                    JsonDocuments.Read(document, where)["interactions"],
                    where,
                    "not a cassette of http-recorder: expected a list /interactions"
                )
                .Select(interaction =>
                    interaction["transport"].Text == "websocket" ? ReadSession(interaction) : ReadExchange(interaction)
                ),
        ];

    private static ExchangeDraft ReadExchange(JsonValue interaction)
    {
        var (request, response) = (interaction["request"], interaction["response"]);
        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        return new()
        {
            Method = request["method"].Text ?? "GET",
            Url = request["url"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = BodyOf(request, sent),
            Status = JsonFields.Status(response["status"]),
            ResponseHeaders = received,
            ResponseBody = BodyOf(response, received),
        };
    }

    private static Body BodyOf(JsonValue message, HeaderList headers) =>
        Body.FromRecorded(BytesOf(message), headers["content-type"], headers["content-encoding"]);

    private static byte[] BytesOf(JsonValue message)
    {
        var text = message["body"].Text ?? string.Empty;
        return message["bodyEncoding"].Text == "base64" && RecordedBytes.FromBase64(text) is { } bytes
            ? bytes
            : Encoding.UTF8.GetBytes(text);
    }

    private static ExchangeDraft ReadSession(JsonValue interaction)
    {
        var opening = interaction["open"].Exists ? interaction["open"] : interaction["connection"];
        var frames = interaction["events"].Elements.Select(frame => ReadFrame(frame, frame["direction"].Text));

        // The first versions kept each side by itself, without the order between them.
        var sent = interaction["client"].Elements.Select(frame => ReadFrame(frame, "client"));
        var received = interaction["server"].Elements.Select(frame => ReadFrame(frame, "server"));
        return new()
        {
            Method = ExchangeDraft.WebSocketMethod,
            Url = opening["url"].Text ?? string.Empty,
            RequestHeaders = JsonFields.Headers(opening["headers"]),
            Frames = [.. frames, .. sent, .. received, .. CloseOf(opening["close"])],
        };
    }

    private static Frame ReadFrame(JsonValue frame, string? side) =>
        Frame.FromMessage(
            frame["kind"].Text == "binary" ? FrameKind.BinaryMessage : FrameKind.TextMessage,
            side == "client" ? FrameDirection.Sent : FrameDirection.Received,
            BytesOf(frame)
        );

    private static IEnumerable<Frame> CloseOf(JsonValue close)
    {
        if (close["code"].WholeNumber is not ({ } code and >= 0 and <= ushort.MaxValue))
        {
            return [];
        }

        var data = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)code);
        byte[] reason = Encoding.UTF8.GetBytes(close["reason"].Text ?? string.Empty);
        return [Frame.FromMessage(FrameKind.Close, FrameDirection.Received, (byte[])[.. data, .. reason])];
    }
}
