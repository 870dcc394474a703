using OpenAICassette.Apis;

namespace OpenAICassette.Formats.AnthropicBatch;

/// <summary>
/// Represents the results of Anthropic's Message Batches API: what became of a request on each line
/// (https://docs.claude.com/en/api/retrieving-message-batch-results), without the requests.
/// </summary>
internal sealed class AnthropicBatchFormat : ExchangeFormat
{
    private const int Succeeded = 200;

    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("anthropic-batch")
        {
            Extensions = [".jsonl"],
            Features = FormatFeatures.Status | FormatFeatures.ManyInteractions,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "custom_id"u8) && JsonHead.Has(head, "result/type"u8) ? FormatMatch.Certain : FormatMatch.No;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        [.. JsonDocuments.ReadLines(document, where).Select(line => ReadLine(line["result"]))];

    private static ExchangeDraft ReadLine(JsonValue result)
    {
        var (message, error) = (result["message"], result["error"]);
        var answer = message.HasValue ? message : error;
        return new()
        {
            Method = "POST",
            Url = string.Empty,
            Path = "/v1/messages",
            Status = message.HasValue ? Succeeded : ErrorAnswer.StatusOfAnthropic(error) ?? 0,
            ResponseBody = Body.FromJson(answer),
            Failure = answer.HasValue ? null : $"the request was not answered: {result["type"].Text}",
        };
    }
}
