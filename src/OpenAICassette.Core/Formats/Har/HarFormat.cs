using System.Globalization;
using System.Text;

namespace OpenAICassette.Formats.Har;

/// <summary>HTTP archives 1.2, as browsers, proxies and Polly.js write them.</summary>
internal sealed class HarFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
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
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "log/entries"u8) || JsonHead.Has(head, "log/creator"u8)
            ? FormatMatch.Likely
            : FormatMatch.No;

    /// <inheritdoc/>
    protected override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where)
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
            SentAt = JsonFields.Time(entry["startedDateTime"]),
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
            ? JsonValue
                .ParseOrUndefined(Encoding.UTF8.GetBytes(text))
                .Elements.Select(piece => RecordedBytes.FromBase64(piece.Text))
                .ToList()
            : [];
        if (pieces.Count > 0 && pieces.TrueForAll(piece => piece is not null))
        {
            return [.. pieces.SelectMany(piece => piece!)];
        }

        return (isBase64 ? RecordedBytes.FromBase64(text) : null) ?? Encoding.UTF8.GetBytes(text);
    }

    private static TimeSpan? DurationOf(JsonValue time)
    {
        const double longest = 30 * 24 * 3_600_000.0;
        var isTime =
            double.TryParse(time.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > 0 and <= longest;
        return isTime ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
