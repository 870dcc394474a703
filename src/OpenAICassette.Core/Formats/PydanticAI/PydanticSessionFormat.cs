using System.Text;

namespace OpenAICassette.Formats.PydanticAI;

/// <summary>
/// Represents the WebSocket cassettes of Pydantic AI's tests: the messages of one session, which says neither its
/// address nor its times. A connection that was closed on the way and opened again is still one session.
/// </summary>
internal sealed class PydanticSessionFormat : DocumentFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("pydantic-ws")
        {
            Extensions = [".yaml", ".yml"],
            Features = FormatFeatures.Requests | FormatFeatures.WebSockets,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isCertain =
            Has(head, "interactions/[]/kind"u8)
            && (Has(head, "interactions/[]/direction"u8) || Has(head, "interactions/[]/code"u8));
        return isCertain ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where) =>
        documents.Select(document => ReadSession(document, where));

    private static ExchangeDraft ReadSession(JsonValue document, string where)
    {
        var records = JsonFields.List(
            document["interactions"],
            where,
            "not a WebSocket cassette of Pydantic AI: expected a list /interactions"
        );
        return new()
        {
            Method = ExchangeDraft.WebSocketMethod,
            Url = string.Empty,
            Frames = [.. records.Where(record => record["kind"].Text == "message").Select(ReadMessage)],
        };
    }

    private static Frame ReadMessage(JsonValue record)
    {
        var data = record["data"];
        return Frame.FromMessage(
            FrameKind.TextMessage,
            record["direction"].Text == "sent" ? FrameDirection.Sent : FrameDirection.Received,
            data.Text is { } text ? Encoding.UTF8.GetBytes(text) : data.Utf8
        );
    }
}
