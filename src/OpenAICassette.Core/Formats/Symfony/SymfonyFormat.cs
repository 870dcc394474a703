namespace OpenAICassette.Formats.Symfony;

/// <summary>
/// Represents the recordings of Symfony AI's HTTP client: interactions with a signature of the request.
/// </summary>
internal sealed class SymfonyFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("symfony")
        {
            Extensions = [".json"],
            ExchangesAt = ["/interactions"],
            Features = WholeHttp | FormatFeatures.ExactBodies,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "interactions/[]/request/signature"u8) ? FormatMatch.Certain : FormatMatch.No;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        ExchangeList.Collect(
            JsonDocuments.Read(document, where)["interactions"].Elements.Select(ReadInteraction),
            document,
            where
        );

    private static ExchangeDraft ReadInteraction(JsonValue interaction)
    {
        var (request, response) = (interaction["request"], interaction["response"]);
        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        return new()
        {
            Method = request["method"].Text ?? "GET",
            Url = request["url"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = JsonFields.TextOrJson(request["body"], sent),
            Status = JsonFields.Status(response["status"]),
            ResponseHeaders = received,
            ResponseBody = JsonFields.TextOrJson(response["body"], received),
        };
    }
}
