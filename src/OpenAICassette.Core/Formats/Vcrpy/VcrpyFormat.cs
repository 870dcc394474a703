using System.Buffers;
using System.Text.Json;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Formats.Vcrpy;

/// <summary>
/// Represents the cassettes of vcrpy for Python, in YAML or JSON, with what its versions and the serializers of its
/// users made of them.
/// </summary>
internal sealed class VcrpyFormat : DocumentFormat, ICassetteFormat, IListFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("vcrpy")
        {
            Extensions = [".yaml", ".yml", ".json"],
            ExchangesAt = ["/interactions"],
            Features = WholeHttp | FormatFeatures.BinaryBodies | FormatFeatures.ExactBodies,
            CanWrite = true,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        if (Has(head, "interactions/[]/request/uri"u8) || Has(head, "requests/[]/uri"u8))
        {
            return FormatMatch.Likely;
        }

        // A long body stands before the address.
        return Has(head, "interactions"u8) || Has(head, "requests/[]/body"u8) ? FormatMatch.Possible : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override IEnumerable<ExchangeDraft> Read(IReadOnlyList<JsonValue> documents, string where)
    {
        foreach (var document in documents)
        {
            var (interactions, requests) = (document["interactions"], document["requests"]);
            if (interactions.Kind == JsonValueKind.Array)
            {
                foreach (var interaction in interactions.Elements)
                {
                    yield return interaction["request"]["uri"].Exists
                        ? ReadInteraction(interaction["request"], interaction["response"])
                        : throw JsonFields.WrongShape(
                            where,
                            "not a cassette of vcrpy: expected a member \"uri\" in each request of /interactions"
                        );
                }
            }
            else if (requests.Kind == JsonValueKind.Array)
            {
                foreach (var (request, response) in Pairs(requests, document["responses"]))
                {
                    yield return ReadInteraction(request, response);
                }
            }
            else
            {
                throw JsonFields.WrongShape(where, "not a cassette of vcrpy: expected a list /interactions");
            }
        }
    }

    /// <summary>Returns the requests of one list with the responses of the other; the last may have none.</summary>
    private static IEnumerable<(JsonValue Request, JsonValue Response)> Pairs(JsonValue requests, JsonValue responses)
    {
        var answers = responses.Elements.ToList();
        return requests.Elements.Select((request, index) => (request, answers.ElementAtOrDefault(index)));
    }

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
                // The members stand in the order in which the recorder's own serializer writes them.
                writer.WriteStartObject();
                writer.WriteStartArray("interactions");
                foreach (var exchange in exchanges)
                {
                    cancellation.ThrowIfCancellationRequested();
                    writer.WriteStartObject();
                    writer.WriteObject("request", () => WriteRequest(writer, exchange));
                    writer.WriteObject("response", () => WriteResponse(writer, exchange));
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteNumber("version", 1);
                writer.WriteEndObject();
            },
            Info.Name,
            isMarked: false
        );

    private static void WriteRequest(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        if (exchange.RequestBody.IsEmpty)
        {
            writer.WriteNull("body");
        }
        else
        {
            writer.WriteRecorded("body", exchange.RequestBody);
        }

        writer.WriteHeaders("headers", exchange.RequestHeaders);
        writer.WriteString("method", exchange.Method);
        writer.WriteString("uri", exchange.Url);
    }

    private static void WriteResponse(Utf8JsonWriter writer, ExchangeDraft exchange)
    {
        writer.WriteObject("body", () => writer.WriteRecorded("string", exchange.ResponseBody));
        writer.WriteHeaders("headers", exchange.ResponseHeaders);
        writer.WriteStatus(exchange);
    }

    private static ExchangeDraft ReadInteraction(JsonValue request, JsonValue response)
    {
        var (sent, received) = (JsonFields.Headers(request["headers"]), JsonFields.Headers(response["headers"]));
        var status = response["status"];
        return new()
        {
            Method = request["method"].Text?.ToUpperInvariant() ?? "GET",
            Url = request["uri"].Text ?? string.Empty,
            RequestHeaders = sent,
            RequestBody = ReadBody(request, request["body"], sent),
            Status = JsonFields.Status(CodeOf(response)),
            Reason = status["message"].Text,
            ResponseHeaders = received,
            ResponseBody = ReadBody(response, response["body"], received),
        };
    }

    /// <summary>
    /// Returns the status: an object with its code, the number alone, or the member of old cassettes.
    /// </summary>
    private static JsonValue CodeOf(JsonValue response)
    {
        var status = response["status"];
        if (status.Kind == JsonValueKind.Object)
        {
            return status["code"];
        }

        return status.HasValue ? status : response["status_code"];
    }

    /// <summary>
    /// Reads a body: bytes, alone or as <c>string</c>; JSON that a serializer laid out as YAML, in <c>parsed_body</c>
    /// or in place; <c>content</c>, which cassettes of the first client for HTTPX have; the buffer of a Python object.
    /// </summary>
    private static Body ReadBody(JsonValue message, JsonValue body, HeaderList headers)
    {
        if (message["parsed_body"].Exists)
        {
            return Body.FromJson(message["parsed_body"], headers["content-type"] ?? "application/json");
        }

        if (message["content"].HasValue)
        {
            return JsonFields.TextOrJson(message["content"], headers);
        }

        if (body["string"].Exists)
        {
            return JsonFields.TextOrJson(body["string"], headers);
        }

        var buffer = body["state"][0];
        return JsonFields.TextOrJson(buffer.HasValue ? buffer : body, headers);
    }
}
