using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Formats.RubyVcr;

/// <summary>Represents the cassettes of VCR for Ruby.</summary>
internal sealed class RubyVcrFormat : HttpInteractionsFormat, ICassetteFormat, IListFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("ruby-vcr")
        {
            Extensions = [".yml", ".yaml", ".json"],
            ExchangesAt = ["/http_interactions"],
            Features = WholeHttp | FormatFeatures.BinaryBodies | FormatFeatures.ExactBodies | FormatFeatures.StartTime,
            CanWrite = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        Has(head, "http_interactions"u8) ? FormatMatch.Likely : FormatMatch.No;

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
                writer.WriteStartArray("http_interactions");
                foreach (var exchange in exchanges)
                {
                    cancellation.ThrowIfCancellationRequested();
                    writer.WriteStartObject();
                    writer.WriteObject("request", () => WriteRequest(writer, exchange));
                    writer.WriteObject("response", () => WriteResponse(writer, exchange));
                    writer.WriteString(
                        "recorded_at",
                        (exchange.SentAt ?? DateTimeOffset.UnixEpoch).ToString("r", CultureInfo.InvariantCulture)
                    );
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteString("recorded_with", JsonFile.Creator);
                writer.WriteEndObject();
            },
            Info.Name,
            isMarked: true
        );

    private static void WriteRequest(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        writer.WriteString("method", exchange.Method.ToLowerInvariant());
        writer.WriteString("uri", exchange.Url);
        WriteBody(writer, exchange.RequestBody);
        writer.WriteHeaders("headers", exchange.RequestHeaders);
    }

    private static void WriteResponse(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        writer.WriteStatus(exchange);
        writer.WriteHeaders("headers", exchange.ResponseHeaders);
        WriteBody(writer, exchange.ResponseBody);
    }

    private static void WriteBody(Utf8JsonWriter writer, Body body) => writer.WriteObject("body", () =>
        {
            writer.WriteString("encoding", JsonFile.IsText(body.Recorded.Span) ? "UTF-8" : "ASCII-8BIT");
            writer.WriteRecorded("string", body);
        });
}

/// <summary>Represents the cassettes of vcr for R, which has Ruby's format with less in it.</summary>
internal sealed class RVcrFormat : HttpInteractionsFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("r-vcr")
        {
            Extensions = [".yml", ".yaml", ".json"],
            ExchangesAt = ["/http_interactions"],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.RepeatedHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.ExactBodies
                | FormatFeatures.StartTime
                | FormatFeatures.Host,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        // Ruby writes an object, with the code in it.
        var isNumber =
            Has(head, "http_interactions/[]/response/status"u8)
            && !Has(head, "http_interactions/[]/response/status/code"u8);
        return isNumber ? FormatMatch.Certain : FormatMatch.No;
    }
}

/// <summary>What the recorders named VCR for Ruby and for R write.</summary>
internal abstract class HttpInteractionsFormat : DocumentFormat
{
    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where) =>
        documents.SelectMany(document =>
            JsonFields
                .List(document["http_interactions"], where, "not a cassette of VCR: expected a list /http_interactions")
                .Select(ReadInteraction)
        );

    private static ExchangeDraft ReadInteraction(JsonValue interaction)
    {
        var (request, response) = (interaction["request"], interaction["response"]);
        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        var status = response["status"];
        return new()
        {
            Method = request["method"].Text?.ToUpperInvariant() ?? "GET",
            Url = request["uri"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = ReadBody(request["body"], sent),
            Status = JsonFields.Status(CodeOf(status)),
            Reason = status["message"].Text,
            ResponseHeaders = received,
            ResponseBody = ReadBody(response["body"], received),
            SentAt = JsonFields.Time(interaction["recorded_at"]),
        };
    }

    /// <summary>Returns the number in a status: it is alone, or the code of an object.</summary>
    private static JsonValue CodeOf(JsonValue status)
    {
        if (status.Kind != JsonValueKind.Object)
        {
            return status;
        }

        return status["code"].HasValue ? status["code"] : status["status_code"];
    }

    private static Body ReadBody(JsonValue body, HeaderList headers)
    {
        if (RecordedBytes.RequireBase64(body["base64_string"]) is { } bytes)
        {
            return Body.FromRecorded(bytes, headers["content-type"], headers["content-encoding"]);
        }

        var isText = body["string"].Exists || body["encoding"].Exists || body.Text is not null;
        return JsonFields.TextOrJson(isText && body.Text is null ? body["string"] : body, headers);
    }
}
