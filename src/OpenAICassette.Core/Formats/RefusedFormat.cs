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

    private static string? ReasonOf(ReadOnlySpan<byte> head) =>
        DocumentFormat.Has(head, "fixtures/[]/match"u8)
            ? "fixtures of aimock are rules for answers, and no recorded calls"
            : null;
}
