namespace OpenAICassette.Formats;

/// <summary>Files that are known, and that hold no HTTP exchange. The error names them.</summary>
internal sealed class RefusedFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } = new("refused");

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        ReasonOf(head) is null ? FormatMatch.No : FormatMatch.Certain;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        throw JsonFields.WrongShape(where, ReasonOf(document.Span) ?? "not a cassette");

    private static string? ReasonOf(ReadOnlySpan<byte> head)
    {
        if (DocumentFormat.Has(head, "fixtures/[]/match"u8))
        {
            return "fixtures of aimock are rules for answers, and no recorded calls";
        }

        var isBatch =
            JsonHead.Has(head, "custom_id"u8) && JsonHead.Has(head, "method"u8) && JsonHead.Has(head, "url"u8);
        return isBatch ? "requests of an OpenAI batch without their responses: read the output file beside it" : null;
    }
}
