namespace OpenAICassette.Formats.Cassetter;

/// <summary>The cassettes of cassetter in YAML and JSON. Its WebSocket and gRPC interactions are left out.</summary>
internal sealed class CassetterFormat : DocumentFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("cassetter")
        {
            Extensions = [".yaml", ".yml", ".json"],
            ExchangesAt = ["/interactions"],
            Features = WholeHttp | FormatFeatures.BinaryBodies | FormatFeatures.StartTime,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        Has(head, "interactions/[]/request/body/type"u8) || Has(head, "interactions/[]/response/body/type"u8)
            ? FormatMatch.Certain
            : FormatMatch.No;

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where) =>
        documents.SelectMany(document =>
            JsonFields
                .List(document["interactions"], where, "not a cassette of cassetter: expected a list /interactions")
                .Select(ReadInteraction)
        );

    private static ExchangeDraft ReadInteraction(JsonValue interaction)
    {
        var (request, response) = (interaction["request"], interaction["response"]);
        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        return new()
        {
            Method = request["method"].Text ?? "GET",
            Url = request["uri"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = ReadBody(request["body"], sent),
            Status = JsonFields.Status(response["status"]),
            ResponseHeaders = received,
            ResponseBody = ReadBody(response["body"], received),
            SentAt = JsonFields.Time(interaction["recorded_at"]),
        };
    }

    private static Body ReadBody(JsonValue body, HeaderList headers)
    {
        var content = body["content"];
        return body["type"].Text switch
        {
            "json" => Body.FromJson(content, headers["content-type"] ?? "application/json"),
            "binary" when RecordedBytes.RequireHex(content) is { } bytes => Body.FromRecorded(
                bytes,
                headers["content-type"],
                headers["content-encoding"]
            ),
            "none" => Body.Empty,
            _ => JsonFields.TextOrJson(content, headers),
        };
    }
}
