namespace OpenAICassette.Formats.ExtensionsAI;

/// <summary>
/// What the chat client of Microsoft.Extensions.AI streamed: a list with the updates of each call, and no requests.
/// </summary>
internal sealed class ChatUpdatesFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("meai-updates") { Extensions = [".json"], Features = FormatFeatures.ManyInteractions };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isUpdate =
            JsonHead.Has(head, "[]/[]/contents"u8)
            && (
                JsonHead.Has(head, "[]/[]/messageId"u8)
                || JsonHead.Has(head, "[]/[]/responseId"u8)
                || JsonHead.Has(head, "[]/[]/contents/[]/$type"u8)
            );
        return isUpdate ? FormatMatch.Likely : FormatMatch.No;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        [
            .. JsonFields
                .List(
                    JsonDocuments.Read(document, where),
                    where,
                    "not updates of Microsoft.Extensions.AI: expected a list of calls"
                )
                .Select(ReadCall),
        ];

    private static ExchangeDraft ReadCall(JsonValue updates) =>
        new()
        {
            Method = "POST",
            Url = string.Empty,
            Path = "/IChatClient/GetStreamingResponseAsync",
            ResponseBody = Body.FromJson(updates),
            Frames = [.. updates.Elements.Select(update => Frame.FromJson(FrameKind.Object, update))],
        };
}
