using System.Text;

namespace OpenAICassette.Formats.TestServer;

/// <summary>
/// Represents the recordings of Google's test-server. It keeps the values of a stream and not its bytes, so the stream
/// is written anew from them.
/// </summary>
internal sealed class TestServerFormat : ExchangeFormat
{
    private const string EventStream = "text/event-stream";

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("test-server")
        {
            Extensions = [".json"],
            ExchangesAt = ["/interactions"],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.RequestHeaders
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.Host,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "recordID"u8) || JsonHead.Has(head, "interactions/[]/request/bodySegments"u8)
            ? FormatMatch.Certain
            : FormatMatch.No;

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
        var status = JsonFields.Status(response["statusCode"]);
        return new()
        {
            Method = request["method"].Text ?? "GET",
            Url = UrlOf(request),
            RequestHeaders = sent,
            RequestBody = JsonFields.TextOrJson(request["bodySegments"].Elements.FirstOrDefault(), sent),
            Status = status,
            ResponseHeaders = received,
            ResponseBody = BodyOf(response["bodySegments"], received, status),
        };
    }

    private static string UrlOf(JsonValue request)
    {
        var path = request["url"].Text ?? string.Empty;
        return request["serverAddress"].Text is { } host && path.StartsWith('/')
            ? $"{request["protocol"].Text ?? "https"}://{host}{path}"
            : path;
    }

    private static Body BodyOf(JsonValue segments, HeaderList headers, int status)
    {
        const int firstError = 400;
        var type = headers["content-type"];
        var isStream = type?.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase) == true && status < firstError;
        if (!isStream)
        {
            return JsonFields.TextOrJson(segments.Elements.FirstOrDefault(), headers);
        }

        var events = segments.Elements.Select(segment => $"data: {segment.Text ?? segment.ToCompactJson()}\n\n");
        return Body.FromBytes(Encoding.UTF8.GetBytes(string.Concat(events)), type);
    }
}
