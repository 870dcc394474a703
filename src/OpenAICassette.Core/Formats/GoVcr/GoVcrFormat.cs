using System.Text.Json;

namespace OpenAICassette.Formats.GoVcr;

/// <summary>The cassettes of go-vcr for Go, versions 1 to 4.</summary>
internal sealed class GoVcrFormat : DocumentFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("go-vcr")
        {
            Extensions = [".yaml", ".yml"],
            Features =
                FormatFeatures.Status
                | FormatFeatures.RequestHeaders
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.RepeatedHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.BinaryBodies
                | FormatFeatures.ExactBodies
                | FormatFeatures.Duration
                | FormatFeatures.Host,
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
            document["interactions"].Kind == JsonValueKind.Array
                ? document["interactions"].Elements.Select(ReadInteraction)
                : throw JsonFields.WrongShape(where, "not a cassette of go-vcr: expected a list /interactions")
        );

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
