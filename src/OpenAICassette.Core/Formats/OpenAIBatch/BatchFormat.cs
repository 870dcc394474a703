using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.OpenAIBatch;

/// <summary>
/// Represents the output of OpenAI's Batch API: a response on each line. The requests are in the input file beside it,
/// if that is there; without it, the answer names the operation.
/// </summary>
internal sealed class BatchFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("openai-batch")
        {
            Extensions = [".jsonl"],
            Features = FormatFeatures.Requests | FormatFeatures.Status | FormatFeatures.ManyInteractions,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        if (!JsonHead.Has(head, "custom_id"u8))
        {
            return FormatMatch.No;
        }

        return JsonHead.Has(head, "response/status_code"u8) || JsonHead.Has(head, "error/message"u8)
            ? FormatMatch.Certain
            : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        Read(document, where, []);

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(CassetteSource source, ReadOnlyMemory<byte> document)
    {
        var lines = JsonDocuments.ReadLines(document, source.Name);
        var ids = lines.Select(line => line["custom_id"].Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var inputs = BatchInput
            .NamesFor(Path.GetFileName(source.Path ?? string.Empty))
            .Select(name => BatchInput.Read(source.ReadSibling(name)))
            .FirstOrDefault(requests => requests.Keys.Any(ids.Contains));
        return Read(document, source.Name, inputs ?? []);
    }

    private static List<ExchangeDraft> Read(
        ReadOnlyMemory<byte> document,
        string where,
        Dictionary<string, JsonValue> requests
    ) =>
        [
            .. JsonDocuments
                .ReadLines(document, where)
                .Select(line => ReadLine(line, requests.GetValueOrDefault(line["custom_id"].Text ?? string.Empty))),
        ];

    private static ExchangeDraft ReadLine(JsonValue line, JsonValue request)
    {
        var response = line["response"];
        var url = request["url"].Text;
        var id = response["request_id"].Text;
        return new()
        {
            Method = request["method"].Text ?? "POST",
            Url = url ?? string.Empty,
            Path = UrlText.PathOf(url ?? ApiFamilies.PathOf(response["body"]) ?? string.Empty),
            RequestBody = Body.FromJson(request["body"]),
            Status = JsonFields.Status(response["status_code"]),
            ResponseHeaders = id is null ? HeaderList.Empty : new([new HeaderField("x-request-id", id)]),
            ResponseBody = Body.FromJson(response["body"]),
            Failure = response["status_code"].HasValue ? null : line["error"]["message"].Text,
        };
    }
}
