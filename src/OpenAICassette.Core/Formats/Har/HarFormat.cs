using System.Globalization;
using System.Text;

namespace OpenAICassette.Formats.Har;

/// <summary>HTTP archives 1.2, as browsers, proxies and Polly.js write them.</summary>
internal sealed class HarFormat : ICassetteFormat
{
    /// <inheritdoc/>
    public FormatInfo Info { get; } =
        new("har")
        {
            Extensions = [".har"],
            Features =
                FormatFeatures.Status
                | FormatFeatures.RequestHeaders
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.RepeatedHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.BinaryBodies
                | FormatFeatures.ExactBodies
                | FormatFeatures.StartTime
                | FormatFeatures.Duration
                | FormatFeatures.Host,
        };

    /// <inheritdoc/>
    public FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.HasMember(head, "log"u8, "entries"u8) || JsonHead.HasMember(head, "log"u8, "creator"u8)
            ? FormatMatch.Likely
            : FormatMatch.No;

    /// <inheritdoc/>
    public CassetteIndex Index(CassetteSource source, CancellationToken cancellation) =>
        CassetteIndex.FromExchanges(source, document => Read(document, source.Name), cancellation);

    private static ExchangeDraft[] Read(ReadOnlyMemory<byte> document, string where)
    {
        var entries = JsonDocuments.Read(document, where)["log"]["entries"];
        if (entries.Kind != System.Text.Json.JsonValueKind.Array)
        {
            throw new CassetteException(
                CassetteError.CassetteFormatUnknown,
                where,
                "not an HTTP archive: expected /log/entries to be an array"
            );
        }

        return [.. entries.Elements.Select(ReadEntry)];
    }

    private static ExchangeDraft ReadEntry(JsonValue entry)
    {
        var (request, response) = (entry["request"], entry["response"]);
        var (requestHeaders, headers) = (HeadersOf(request["headers"]), HeadersOf(response["headers"]));
        var content = response["content"];
        return new()
        {
            Method = request["method"].Text ?? "GET",
            Url = request["url"].Text ?? string.Empty,
            HttpVersion = response["httpVersion"].Text,
            RequestHeaders = requestHeaders,
            RequestBody = Body.FromRecorded(
                Encoding.UTF8.GetBytes(request["postData"]["text"].Text ?? string.Empty),
                requestHeaders["content-type"] ?? request["postData"]["mimeType"].Text,
                contentEncoding: null
            ),
            Status = JsonFields.Status(response["status"]),
            Reason = response["statusText"].Text,
            ResponseHeaders = headers,
            ResponseBody = Body.FromRecorded(
                BytesOf(content),
                headers["content-type"] ?? content["mimeType"].Text,
                headers["content-encoding"]
            ),
            SentAt = TimeOf(entry["startedDateTime"]),
            Duration = DurationOf(entry["time"]),
        };
    }

    private static HeaderList HeadersOf(JsonValue headers) =>
        new(headers.Elements.Select(field => new HeaderField(field["name"].ToString(), field["value"].ToString())));

    /// <summary>
    /// Returns the bytes of a body: text, base64, or, as Polly.js writes the pieces that the network gave it, an array
    /// of base64 written as text.
    /// </summary>
    private static byte[] BytesOf(JsonValue content)
    {
        if (content["text"].Text is not { } text)
        {
            return [];
        }

        var isBase64 = content["encoding"].Text == "base64";
        var pieces = text.StartsWith('[')
            ? JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(text)).Elements.Select(piece => piece.Text).ToList()
            : [];
        if (pieces.Count > 0 && pieces.TrueForAll(piece => piece is not null && RecordedBytes.IsBase64(piece)))
        {
            return [.. pieces.SelectMany(piece => Convert.FromBase64String(piece!))];
        }

        return isBase64 && RecordedBytes.IsBase64(text) ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
    }

    private static DateTimeOffset? TimeOf(JsonValue time) =>
        DateTimeOffset.TryParse(time.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? value
            : null;

    private static TimeSpan? DurationOf(JsonValue time)
    {
        const double longest = 30 * 24 * 3_600_000.0;
        var isTime =
            double.TryParse(time.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > 0 and <= longest;
        return isTime ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
