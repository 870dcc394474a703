namespace OpenAICassette.Formats.Cassetter;

/// <summary>Reads the WebSocket sessions of cassetter.</summary>
internal static class CassetterSession
{
    /// <summary>Reads a session.</summary>
    public static ExchangeDraft Read(JsonValue interaction) =>
        new()
        {
            Method = ExchangeDraft.WebSocketMethod,
            Url = interaction["uri"].Text ?? string.Empty,
            RequestHeaders = JsonFields.Headers(interaction["headers"]),
            Frames = [.. interaction["frames"].Elements.Select(ReadFrame)],
            SentAt = JsonFields.Time(interaction["recorded_at"]),
        };

    private static Frame ReadFrame(JsonValue frame)
    {
        var kind = frame["frame_type"].Text switch
        {
            "close" => FrameKind.Close,
            "ping" or "pong" => FrameKind.Control,
            "binary" => FrameKind.BinaryMessage,
            _ => FrameKind.TextMessage,
        };
        var direction = frame["direction"].Text == "send" ? FrameDirection.Sent : FrameDirection.Received;
        return Frame.FromMessage(
            kind,
            direction,
            CassetterExchange.ReadBody(frame, HeaderList.Empty).Bytes,
            JsonFields.Milliseconds(frame["offset_ms"])
        );
    }
}
