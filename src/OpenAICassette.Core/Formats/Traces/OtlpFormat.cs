namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Represents traces of OpenTelemetry in OTLP's JSON: requests to a trace service, as collectors write them to a file,
/// and what Grafana Tempo returns. Log records in the same file are the events of the spans that they name.
/// </summary>
internal sealed class OtlpFormat() : TraceFormat("otlp")
{
    private static readonly SpanDialect s_dialect = new();

    /// <inheritdoc/>
    protected override ITraceDialect Dialect => s_dialect;

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isTrace =
            JsonHead.Has(head, "resourceSpans"u8)
            || JsonHead.Has(head, "[]/resourceSpans"u8)
            || JsonHead.Has(head, "trace/resourceSpans"u8)
            || JsonHead.Has(head, "resourceLogs"u8)
            || JsonHead.Has(head, "batches/[]/scopeSpans"u8);
        return isTrace ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override bool Read(JsonValue root, int? line, TraceLog log)
    {
        var requests = root.Kind == System.Text.Json.JsonValueKind.Array ? [.. root.Elements] : new[] { root };
        var records = requests.SelectMany(RecordsIn).ToLookup(IdOf, StringComparer.Ordinal);
        var spans = new HashSet<string>(StringComparer.Ordinal);
        foreach (var span in requests.SelectMany(SpansIn))
        {
            var id = IdOf(span);
            spans.Add(id);
            log.Add(span, [.. records[id]], line);
        }

        foreach (var of in records.Where(of => line is not null && !spans.Contains(of.Key)))
        {
            foreach (var record in of)
            {
                log.Keep(of.Key, record);
            }
        }

        return requests.Any(request =>
            ResourcesIn(request).Exists || request["resourceLogs"].Exists || request["resourceMetrics"].Exists
        );
    }

    /// <inheritdoc/>
    protected override void Join(TraceLog log, ReadOnlyMemory<byte> document) =>
        log.Join(place => IdOf(place.TraceId, place.EntryId), document);

    private static JsonValue ResourcesIn(JsonValue request) =>
        request["resourceSpans"].Exists ? request["resourceSpans"]
        : request["trace"]["resourceSpans"].Exists ? request["trace"]["resourceSpans"]
        : request["batches"];

    private static IEnumerable<JsonValue> SpansIn(JsonValue request)
    {
        foreach (var resource in ResourcesIn(request).Elements)
        {
            var scopes = resource["scopeSpans"].Exists
                ? resource["scopeSpans"]
                : resource["instrumentationLibrarySpans"];
            foreach (var scope in scopes.Elements)
            {
                foreach (var span in scope["spans"].Elements)
                {
                    yield return span;
                }
            }
        }
    }

    private static IEnumerable<JsonValue> RecordsIn(JsonValue request) =>
        request["resourceLogs"]
            .Elements.SelectMany(resource => resource["scopeLogs"].Elements)
            .SelectMany(scope => scope["logRecords"].Elements);

    private static string IdOf(JsonValue value) => IdOf(value["traceId"].Text, value["spanId"].Text);

    private static string IdOf(string? trace, string? span) => $"{trace}/{span}";
}
