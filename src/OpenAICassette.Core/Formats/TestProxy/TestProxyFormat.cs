using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Formats.TestProxy;

/// <summary>Represents the session files of Azure's test proxy.</summary>
internal sealed class TestProxyFormat : ExchangeFormat, ICassetteFormat, IListFormat
{
    internal const string BinaryPart = "b64:";

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("test-proxy")
        {
            Extensions = [".json"],
            ExchangesAt = ["/Entries"],
            Features = WholeHttp | FormatFeatures.BinaryBodies,
            CanWrite = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "Entries/[]/RequestUri"u8) ? FormatMatch.Certain
        : JsonHead.Has(head, "Entries"u8) ? FormatMatch.Likely
        : FormatMatch.No;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where)
    {
        var entries = JsonDocuments.Read(document, where)["Entries"];
        if (
            entries.Kind != JsonValueKind.Array
            || entries.Elements.Any(entry =>
                entry["RequestUri"].Text is null && entry["EncodedRequestUri"].Text is null
            )
        )
        {
            throw new CassetteException(
                CassetteError.CassetteFormatUnknown,
                where,
                "not a session of the test proxy: expected /Entries to be an array of objects with a \"RequestUri\""
            );
        }

        return ExchangeList.Collect(entries.Elements.Select(ReadEntry), document, where);
    }

    /// <inheritdoc/>
    public void Write(
        IReadOnlyList<ExchangeDraft> exchanges,
        IBufferWriter<byte> output,
        CancellationToken cancellation
    ) => TestProxyWriter.Write(exchanges, output, cancellation);

    private static ExchangeDraft ReadEntry(JsonValue entry)
    {
        var (request, response) = (
            JsonFields.Headers(entry["RequestHeaders"]),
            JsonFields.Headers(entry["ResponseHeaders"])
        );
        return new()
        {
            Method = entry["RequestMethod"].Text ?? "GET",
            Url = entry["RequestUri"].Text ?? string.Empty,
            RequestHeaders = request,
            RequestBody = BodyOf(entry["RequestBody"], request),
            Status = JsonFields.Status(entry["StatusCode"]),
            ResponseHeaders = response,
            ResponseBody = BodyOf(entry["ResponseBody"], response),
        };
    }

    /// <summary>
    /// Reads a body: JSON in place, text as a string or as an array of its lines, the parts of a multipart body, or
    /// base64 of what is not text.
    /// </summary>
    private static Body BodyOf(JsonValue body, HeaderList headers)
    {
        var type = headers["content-type"];
        return body.Kind switch
        {
            JsonValueKind.String => Body.FromRecorded(BytesOf(body.Text!, type), type, headers["content-encoding"]),
            JsonValueKind.Array => Body.FromBytes(Joined(body), type),
            JsonValueKind.Undefined or JsonValueKind.Null => Body.Empty,
            _ => Body.FromJson(body, type),
        };
    }

    private static byte[] BytesOf(string text, string? type) =>
        (IsText(type) ? null : RecordedBytes.FromBase64(text)) ?? Encoding.UTF8.GetBytes(text);

    private static byte[] Joined(JsonValue pieces)
    {
        using var bytes = new MemoryStream();
        foreach (var piece in pieces.Elements)
        {
            var text = piece.Text ?? piece.ToString();
            var encoded = text.StartsWith(BinaryPart, StringComparison.Ordinal) ? text[BinaryPart.Length..] : null;
            bytes.Write(
                encoded is not null && (encoded.Length == 0 || RecordedBytes.IsBase64(encoded))
                    ? Convert.FromBase64String(encoded)
                    : Encoding.UTF8.GetBytes(text)
            );
        }

        return bytes.ToArray();
    }

    /// <summary>Returns whether the proxy keeps a body of a media type as text.</summary>
    internal static bool IsText(string? type) =>
        type is null
        || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || type.Contains("json", StringComparison.OrdinalIgnoreCase)
        || type.Contains("xml", StringComparison.OrdinalIgnoreCase)
        || type.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase)
        || type.Contains("charset=utf-8", StringComparison.OrdinalIgnoreCase);
}
