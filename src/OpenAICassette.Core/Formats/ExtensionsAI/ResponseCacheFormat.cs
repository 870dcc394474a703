namespace OpenAICassette.Formats.ExtensionsAI;

/// <summary>
/// Represents the response cache of Microsoft.Extensions.AI.Evaluation: a file with the answer of one call, or with the
/// updates of a stream. The request is not stored; the file beside it names the scenario.
/// </summary>
internal sealed class ResponseCacheFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("meai-cache")
        {
            Extensions = [".data", ".json"],
            Features = FormatFeatures.TestIds | FormatFeatures.StartTime,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isAnswer =
            JsonHead.Has(head, "messages/[]/contents/[]/$type"u8)
            && (JsonHead.Has(head, "modelId"u8) || JsonHead.Has(head, "responseId"u8) || JsonHead.Has(head, "usage"u8));
        var isStream =
            JsonHead.Has(head, "[]/contents/[]/$type"u8)
            && (JsonHead.Has(head, "[]/responseId"u8) || JsonHead.Has(head, "[]/modelId"u8));
        return isAnswer || isStream ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        [Read(document, where, default)];

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(CassetteSource source, ReadOnlyMemory<byte> document) =>
        [
            Read(
                document,
                source.Name,
                source.ReadSibling("entry.json") is { } entry ? JsonValue.ParseOrUndefined(entry) : default
            ),
        ];

    private static ExchangeDraft Read(ReadOnlyMemory<byte> document, string where, JsonValue entry)
    {
        var answer = JsonDocuments.Read(document, where);
        var isStream = answer.Kind == System.Text.Json.JsonValueKind.Array;
        if (!isStream && !answer["messages"].Exists)
        {
            throw JsonFields.WrongShape(where, "not a cached response of Microsoft.Extensions.AI: it has no messages");
        }

        var names = new[] { entry["scenarioName"].Text, entry["iterationName"].Text }.OfType<string>();
        return new()
        {
            Method = "POST",
            Url = string.Empty,
            Path = isStream ? "/IChatClient/GetStreamingResponseAsync" : "/IChatClient/GetResponseAsync",
            TestId = entry["scenarioName"].Exists ? string.Join('/', names) : null,
            SentAt = JsonFields.Time(entry["creation"]),
            ResponseBody = Body.FromJson(answer),
            Frames = isStream ? [.. answer.Elements.Select(update => Frame.FromJson(FrameKind.Object, update))] : [],
        };
    }
}
