using System.Text.Json;

namespace OpenAICassette.Formats.WireMock;

/// <summary>
/// Represents the stub mappings of WireMock: patterns of requests with the responses to them, without a host.
/// </summary>
internal sealed class WireMockFormat : DocumentFormat
{
    private static readonly string[] s_urls = ["url", "urlPath", "urlPathTemplate", "urlPattern", "urlPathPattern"];

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("wiremock")
        {
            Extensions = [".yaml", ".yml", ".json"],
            ExchangesAt = ["/mappings", ""],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.RepeatedHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.BinaryBodies,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isMapping =
            Has(head, "request/urlPath"u8)
            || Has(head, "request/urlPathTemplate"u8)
            || Has(head, "request/urlPattern"u8)
            || Has(head, "request/urlPathPattern"u8)
            || (!IsJson(head) && Has(head, "request/url"u8));
        return isMapping || Has(head, "mappings/[]/request"u8) ? FormatMatch.Likely : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where)
    {
        foreach (var document in documents)
        {
            IEnumerable<JsonValue> mappings = document["mappings"].Exists ? document["mappings"].Elements : [document];
            foreach (var mapping in mappings)
            {
                yield return mapping["response"].Kind == JsonValueKind.Object
                    ? ReadMapping(mapping["request"], mapping["response"])
                    : throw JsonFields.WrongShape(where, "not a mapping of WireMock: expected an object /response");
            }
        }
    }

    private static ExchangeDraft ReadMapping(JsonValue request, JsonValue response)
    {
        var received = JsonFields.Headers(response["headers"]);
        return new()
        {
            Method = request["method"].Text ?? "ANY",
            Url = Array.Find(s_urls, url => request[url].Text is not null) is { } name
                ? request[name].Text!
                : string.Empty,
            RequestHeaders = HeadersOf(request["headers"]),
            RequestBody = RequestBodyOf(request["bodyPatterns"]),
            Status = JsonFields.Status(response["status"]),
            Reason = response["statusMessage"].Text,
            ResponseHeaders = received,
            ResponseBody = BodyOf(response, received),
        };
    }

    /// <summary>Returns the header fields that must have one value; other patterns are no header fields.</summary>
    private static HeaderList HeadersOf(JsonValue patterns) =>
        new(
            patterns
                .Members.Where(pattern => pattern.Value["equalTo"].Text is not null)
                .Select(pattern => new HeaderField(pattern.Key, pattern.Value["equalTo"].Text!))
        );

    private static Body RequestBodyOf(JsonValue patterns)
    {
        foreach (var pattern in patterns.Elements)
        {
            var (json, text) = (pattern["equalToJson"], pattern["equalTo"]);
            if (json.HasValue)
            {
                return json.Text is { } written
                    ? Body.FromBytes(System.Text.Encoding.UTF8.GetBytes(written), "application/json")
                    : Body.FromJson(json);
            }

            if (text.Text is not null)
            {
                return JsonFields.TextOrJson(text, HeaderList.Empty);
            }
        }

        return Body.Empty;
    }

    private static Body BodyOf(JsonValue response, HeaderList headers)
    {
        if (response["jsonBody"].Exists)
        {
            return Body.FromJson(response["jsonBody"], headers["content-type"] ?? "application/json");
        }

        return RecordedBytes.RequireBase64(response["base64Body"]) is { } bytes
            ? Body.FromRecorded(bytes, headers["content-type"], headers["content-encoding"])
            : JsonFields.TextOrJson(response["body"], headers);
    }
}
