namespace OpenAICassette.Formats.EasyVcr;

/// <summary>Represents the cassettes of EasyVCR for .NET: a list of requests with their responses.</summary>
internal sealed class EasyVcrFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("easyvcr")
        {
            Extensions = [".json"],
            Features = WholeHttp | FormatFeatures.ExactBodies | FormatFeatures.StartTime | FormatFeatures.Duration,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isCertain =
            JsonHead.Has(head, "[]/Request/RequestHeaders"u8)
            && (JsonHead.Has(head, "[]/RecordedAt"u8) || JsonHead.Has(head, "[]/Request/ContentHeaders"u8));
        return isCertain ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        [
            .. JsonFields
                .List(
                    JsonDocuments.Read(document, where),
                    where,
                    "not a cassette of EasyVCR: expected a list of interactions"
                )
                .Select(ReadInteraction),
        ];

    private static ExchangeDraft ReadInteraction(JsonValue interaction)
    {
        var (request, response) = (interaction["Request"], interaction["Response"]);
        var sent = HeadersOf(request["RequestHeaders"], request["ContentHeaders"]);
        var received = HeadersOf(response["ResponseHeaders"], response["ContentHeaders"]);
        return new()
        {
            Method = request["Method"].Text ?? "GET",
            Url = request["Uri"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = JsonFields.TextOrJson(request["Body"], sent),
            Status = JsonFields.Status(response["Status"]["Code"]),
            Reason = response["Status"]["Message"].Text,
            HttpVersion = response["HttpVersion"].Text is { } version ? $"HTTP/{version}" : null,
            ResponseHeaders = received,
            ResponseBody = JsonFields.TextOrJson(response["Body"], received),
            SentAt = JsonFields.Time(interaction["RecordedAt"]),
            Duration = JsonFields.Milliseconds(interaction["Duration"]),
        };
    }

    /// <summary>Returns the fields of a message and those of its content, which .NET keeps apart.</summary>
    private static HeaderList HeadersOf(JsonValue message, JsonValue content) =>
        new(JsonFields.Headers(message).Concat(JsonFields.Headers(content)));
}
