namespace OpenAICassette.Formats.ReqLlm;

/// <summary>
/// Represents the fixtures of req_llm, a client for Elixir: one exchange, whose stream is kept as it was read.
/// </summary>
internal sealed class ReqLlmFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("req_llm")
        {
            Extensions = [".json"],
            ExchangesAt = [""],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.RequestHeaders
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.RepeatedHeaders
                | FormatFeatures.BinaryBodies
                | FormatFeatures.ExactBodies
                | FormatFeatures.StartTime
                | FormatFeatures.Host,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "request/canonical_json"u8) ? FormatMatch.Certain : FormatMatch.No;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        ExchangeList.Collect(ReadFixture(JsonDocuments.Read(document, where), where), document, where);

    private static IEnumerable<ExchangeDraft> ReadFixture(JsonValue root, string where)
    {
        var (request, response) = (root["request"], root["response"]);
        if (request["url"].Text is not { } url)
        {
            throw JsonFields.WrongShape(where, "not a fixture of req_llm: expected /request to have a \"url\"");
        }

        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        var (type, coding) = (received["content-type"], received["content-encoding"]);
        yield return new()
        {
            Method = request["method"].Text?.ToUpperInvariant() ?? "POST",
            Url = url,
            RequestHeaders = sent,
            RequestBody = BodyOf(request["body"], request["canonical_json"], sent),
            Status = JsonFields.Status(response["status"]),
            ResponseHeaders = received,
            ResponseBody = root["chunks"].Elements.Any()
                ? Body.FromRecorded(Joined(root["chunks"]), type, coding)
                : BodyOf(response["body"], default, received),
            Reads = root["chunks"].Elements.Any() ? root["chunks"].Count : null,
            SentAt = JsonFields.Time(root["captured_at"]),
        };
    }

    private static Body BodyOf(JsonValue body, JsonValue fallback, HeaderList headers)
    {
        if (RecordedBytes.RequireBase64(body["b64"]) is { } bytes)
        {
            return Body.FromRecorded(bytes, headers["content-type"], headers["content-encoding"]);
        }

        return JsonFields.TextOrJson(body.HasValue ? body : fallback, headers);
    }

    private static byte[] Joined(JsonValue chunks) =>
        [.. chunks.Elements.SelectMany(chunk => RecordedBytes.RequireBase64(chunk["b64"]) ?? [])];
}
