namespace OpenAICassette.Formats.TestAgent;

/// <summary>
/// Represents the recordings of Datadog's APM test agent: one exchange, whose bodies are text, or base64 after a mark.
/// </summary>
internal sealed class TestAgentFormat : ExchangeFormat
{
    private const string Base64Mark = "base64:";

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("dd-test-agent")
        {
            Extensions = [".json"],
            ExchangesAt = [""],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.RequestHeaders
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.BinaryBodies
                | FormatFeatures.ExactBodies
                | FormatFeatures.Host,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "request/url"u8) && JsonHead.Has(head, "response/status/code"u8)
            ? FormatMatch.Certain
            : FormatMatch.No;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        ExchangeList.Collect(ReadRecording(JsonDocuments.Read(document, where), where), document, where);

    private static IEnumerable<ExchangeDraft> ReadRecording(JsonValue root, string where)
    {
        var (request, response) = (root["request"], root["response"]);
        if (request["url"].Text is not { } url)
        {
            throw JsonFields.WrongShape(
                where,
                "not a recording of Datadog's test agent: expected /request to have a \"url\""
            );
        }

        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        yield return new()
        {
            Method = request["method"].Text?.ToUpperInvariant() ?? "POST",
            Url = url,
            RequestHeaders = sent,
            RequestBody = BodyOf(request["body"], sent),
            Status = JsonFields.Status(response["status"]["code"]),
            Reason = response["status"]["message"].Text,
            ResponseHeaders = received,
            ResponseBody = BodyOf(response["body"], received),
        };
    }

    private static Body BodyOf(JsonValue body, HeaderList headers)
    {
        var isMarked = body.Text?.StartsWith(Base64Mark, StringComparison.Ordinal) == true;
        return isMarked && RecordedBytes.FromBase64(body.Text![Base64Mark.Length..]) is { } bytes
            ? Body.FromRecorded(bytes, headers["content-type"], headers["content-encoding"])
            : JsonFields.TextOrJson(body, headers);
    }
}
