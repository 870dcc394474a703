using System.Buffers;
using System.Text.Json;

namespace OpenAICassette.Formats.Httpmock;

/// <summary>
/// Represents the recordings of httpmock for Rust: one interaction in each YAML document, without a host.
/// </summary>
internal sealed class HttpmockFormat : DocumentFormat
{
    private static readonly SearchValues<char> s_reserved = SearchValues.Create(" #%&+");

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("httpmock")
        {
            Extensions = [".yaml", ".yml"],
            ExchangesAt = [""],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.RequestHeaders
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.RepeatedHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.BinaryBodies
                | FormatFeatures.ExactBodies,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        !IsJson(head) && (Has(head, "when/path"u8) || Has(head, "when/method"u8)) ? FormatMatch.Likely : FormatMatch.No;

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where)
    {
        foreach (var document in documents)
        {
            if (!document.HasValue)
            {
                continue;
            }

            yield return document["then"].Kind == JsonValueKind.Object
                ? ReadInteraction(document["when"], document["then"])
                : throw JsonFields.WrongShape(where, "not a recording of httpmock: expected an object /then");
        }
    }

    private static ExchangeDraft ReadInteraction(JsonValue request, JsonValue response)
    {
        var (sent, received) = (HeadersOf(request), HeadersOf(response));
        return new()
        {
            Method = request["method"].Text ?? "GET",
            Url = UrlOf(request),
            RequestHeaders = sent,
            RequestBody = JsonFields.TextOrJson(request["body"], sent),
            Status = JsonFields.Status(response["status"]),
            ResponseHeaders = received,
            ResponseBody = BodyOf(response, received),
        };
    }

    private static HeaderList HeadersOf(JsonValue message) =>
        new(
            message["header"]
                .Elements.Select(field => new HeaderField(
                    JsonFields.Text(field["name"]),
                    JsonFields.Text(field["value"])
                ))
        );

    private static string UrlOf(JsonValue request)
    {
        var pairs = request["query_param"].Elements.Select(pair => $"{Quoted(pair["name"])}={Quoted(pair["value"])}");
        var query = string.Join('&', pairs);
        var path = request["path"].Text ?? string.Empty;
        return query.Length > 0 ? $"{path}?{query}" : path;
    }

    /// <summary>Writes a part of a query, so that nothing in it ends it.</summary>
    private static string Quoted(JsonValue part) =>
        string.Concat(JsonFields.Text(part).Select(c => s_reserved.Contains(c) ? Uri.HexEscape(c) : c.ToString()));

    private static Body BodyOf(JsonValue response, HeaderList headers)
    {
        var isBase64 = response["body_encoding"].Text == "base64";
        return isBase64 && RecordedBytes.RequireBase64(response["body"]) is { } bytes
            ? Body.FromRecorded(bytes, headers["content-type"], headers["content-encoding"])
            : JsonFields.TextOrJson(response["body"], headers);
    }
}
