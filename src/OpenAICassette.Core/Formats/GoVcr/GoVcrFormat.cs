using System.Buffers;
using System.Text.Json;
using OpenAICassette.Formats.Yaml;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.GoVcr;

/// <summary>Represents the cassettes of go-vcr for Go, versions 1 to 4.</summary>
internal sealed class GoVcrFormat : DocumentFormat, ICassetteFormat, IListFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("go-vcr")
        {
            Extensions = [".yaml", ".yml"],
            ExchangesAt = ["/interactions"],
            Features = WholeHttp | FormatFeatures.BinaryBodies | FormatFeatures.ExactBodies | FormatFeatures.Duration,
            CanWrite = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        if (IsJson(head))
        {
            return FormatMatch.No;
        }

        var isRequest =
            Has(head, "interactions/[]/request/proto"u8)
            || Has(head, "interactions/[]/request/form"u8)
            || Has(head, "interactions/[]/request/url"u8);
        if (isRequest)
        {
            return FormatMatch.Certain;
        }

        // Without an interaction, only the number tells it from a cassette of vcrpy.
        return head.IndexOf("version: 2\ninteractions: []"u8) >= 0 ? FormatMatch.Likely : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where) =>
        documents.SelectMany(document =>
            JsonFields
                .List(document["interactions"], where, "not a cassette of go-vcr: expected a list /interactions")
                .Select(ReadInteraction)
        );

    /// <inheritdoc/>
    public bool IsNumbered => true;

    /// <inheritdoc/>
    public void Write(
        IReadOnlyList<ExchangeDraft> exchanges,
        IBufferWriter<byte> output,
        CancellationToken cancellation
    ) =>
        YamlDocuments.Write(
            output,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("version", 2);
                writer.WriteStartArray("interactions");
                for (var id = 0; id < exchanges.Count; id++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var exchange = exchanges[id];
                    writer.WriteStartObject();
                    writer.WriteNumber("id", id);
                    writer.WriteObject("request", () => WriteRequest(writer, exchange));
                    writer.WriteObject("response", () => WriteResponse(writer, exchange));
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            },
            Info.Name,
            isMarked: true
        );

    private static void WriteRequest(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        WriteProtocol(writer);
        writer.WriteNumber("content_length", exchange.RequestBody.Recorded.Length);
        writer.WriteString("host", UrlText.HostOf(exchange.Url));
        writer.WriteRecorded("body", exchange.RequestBody);
        writer.WriteHeaders("headers", exchange.RequestHeaders);
        writer.WriteString("url", exchange.Url);
        writer.WriteString("method", exchange.Method);
    }

    private static void WriteResponse(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        WriteProtocol(writer);
        writer.WriteNumber("content_length", exchange.ResponseBody.Recorded.Length);
        writer.WriteRecorded("body", exchange.ResponseBody);
        writer.WriteHeaders("headers", exchange.ResponseHeaders);
        writer.WriteString("status", $"{exchange.Status} {JsonFile.ReasonOf(exchange)}".TrimEnd());
        writer.WriteNumber("code", exchange.Status);
        writer.WriteString("duration", GoDuration.Format(exchange.Duration ?? TimeSpan.Zero));
    }

    private static void WriteProtocol(Utf8JsonWriter writer)
    {
        writer.WriteString("proto", "HTTP/1.1");
        writer.WriteNumber("proto_major", 1);
        writer.WriteNumber("proto_minor", 1);
    }

    private static ExchangeDraft ReadInteraction(JsonValue interaction)
    {
        var (request, response) = (interaction["request"], interaction["response"]);
        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        return new()
        {
            Method = request["method"].Text is { Length: > 0 } method ? method : "GET",
            Url = request["url"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = JsonFields.TextOrJson(request["body"], sent),
            Status = JsonFields.Status(response["code"]),
            Reason = ReasonOf(response["status"].Text),
            HttpVersion = response["proto"].Text,
            ResponseHeaders = received,
            ResponseBody = JsonFields.TextOrJson(response["body"], received),
            Duration = GoDuration.Parse(response["duration"].Text),
        };
    }

    /// <summary>Returns the reason phrase of a status as Go writes it, with its code: <c>200 OK</c>.</summary>
    private static string? ReasonOf(string? status) => status?.Split(' ', 2) is [_, var reason] ? reason : null;
}
