using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpenAICassette.Formats.Har;

/// <summary>HTTP archives 1.2, as browsers, proxies and Polly.js write them, in JSON or YAML.</summary>
internal sealed class HarFormat : DocumentFormat, ICassetteFormat, IListFormat
{
    /// <summary>How gzip begins (RFC 1952, section 2.3.1), in hexadecimal digits.</summary>
    private const string GzipMark = "1f8b08";

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("har")
        {
            Extensions = [".har"],
            ExchangesAt = ["/log/entries"],
            Features =
                WholeHttp
                | FormatFeatures.BinaryBodies
                | FormatFeatures.ExactBodies
                | FormatFeatures.StartTime
                | FormatFeatures.Duration,
            CanWrite = true,
        };

    /// <inheritdoc/>
    public bool IsNumbered => true;

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        (Has(head, "log/entries"u8), Has(head, "log/creator"u8)) switch
        {
            (true, true) => FormatMatch.Certain,
            (false, false) => FormatMatch.No,
            _ => FormatMatch.Likely,
        };

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where) =>
        documents.SelectMany(document =>
            JsonFields
                .List(document["log"]["entries"], where, "not an HTTP archive: expected /log/entries to be an array")
                .Select(ReadEntry)
        );

    /// <inheritdoc/>
    public void Write(
        IReadOnlyList<ExchangeDraft> exchanges,
        IBufferWriter<byte> output,
        CancellationToken cancellation
    ) => HarWriter.Write(exchanges, output, cancellation);

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
            RequestBody = SentBody(
                request["postData"],
                requestHeaders["content-type"] ?? request["postData"]["mimeType"].Text
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

    /// <summary>
    /// Reads the body of a request: text, bytes in base64, or JSON that Sourcegraph's persister laid out as YAML.
    /// </summary>
    private static Body SentBody(JsonValue data, string? mediaType)
    {
        if (data["textJSON"].Exists)
        {
            return Body.FromJson(data["textJSON"], mediaType);
        }

        var isBase64 = data["encoding"].Text == "base64";
        var bytes = (isBase64 ? RecordedBytes.RequireBase64(data["text"]) : null) ?? JsonFields.Bytes(data["text"]);
        return Body.FromRecorded(bytes ?? [], mediaType, contentEncoding: null);
    }

    private static HeaderList HeadersOf(JsonValue headers) =>
        new(headers.Elements.Select(field => new HeaderField(field["name"].ToString(), field["value"].ToString())));

    /// <summary>
    /// Returns the bytes of a body: text, base64, or, as Polly.js writes the pieces that the network gave it, an array
    /// of base64 written as text; its older versions wrote gzip in hexadecimal digits.
    /// </summary>
    private static byte[] BytesOf(JsonValue content)
    {
        var text = content["text"].Text ?? string.Empty;
        var list = text.StartsWith('[') ? JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(text)) : content["text"];
        var hexadecimal = string.Concat(list.Elements.Select(piece => piece.Text));
        if (
            hexadecimal.StartsWith(GzipMark, StringComparison.Ordinal)
            && RecordedBytes.FromHex(hexadecimal) is { } packed
        )
        {
            return packed;
        }

        var pieces = list.Elements.Select(piece => RecordedBytes.FromBase64(piece.Text)).ToList();
        if (pieces.Count > 0 && pieces.TrueForAll(piece => piece is not null))
        {
            return [.. pieces.SelectMany(piece => piece!)];
        }

        var isBase64 = content["encoding"].Text == "base64";
        return (isBase64 ? RecordedBytes.RequireBase64(content["text"]) : null)
            ?? JsonFields.Bytes(content["text"])
            ?? [];
    }

    private static TimeSpan? DurationOf(JsonValue time)
    {
        var longest = JsonFields.LongestExchange.TotalMilliseconds;
        var isTime =
            double.TryParse(time.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds > 0
            && milliseconds <= longest;
        return isTime ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
