namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Represents spans as single JSON objects, in a list or one on each line: exports of Arize Phoenix, and what
/// OpenTelemetry's SDK for Python writes.
/// </summary>
internal sealed class SpanListFormat() : TraceFormat("otel-spans")
{
    private static readonly SpanDialect s_dialect = new();

    /// <inheritdoc/>
    protected override ITraceDialect Dialect => s_dialect;

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isSpan =
            JsonHead.Has(head, "context/span_id"u8)
            || JsonHead.Has(head, "[]/context/span_id"u8)
            || JsonHead.Has(head, "data/[]/context/span_id"u8);
        return isSpan ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override bool Read(JsonValue root, int? line, TraceLog log)
    {
        var list = root["data"].Exists ? root["data"] : root;
        var isKnown = false;
        foreach (var span in list.Kind == System.Text.Json.JsonValueKind.Array ? [.. list.Elements] : new[] { list })
        {
            if (span["context"]["span_id"].Exists)
            {
                isKnown = true;
                log.Add(span, [], line);
            }
        }

        return isKnown;
    }
}
