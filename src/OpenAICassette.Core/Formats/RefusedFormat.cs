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

        if (DocumentFormat.Has(head, "interactions/[]/kind"u8))
        {
            return "a WebSocket session of Pydantic AI, which cannot be read yet";
        }

        var isXai =
            DocumentFormat.Has(head, "interactions/[]/request_sample"u8)
            || DocumentFormat.Has(head, "interactions/[]/request_stream"u8)
            || DocumentFormat.Has(head, "interactions/[]/collections_method"u8);
        return isXai ? "gRPC calls of xAI's client as Pydantic AI records them, which cannot be read yet" : null;
    }
}
