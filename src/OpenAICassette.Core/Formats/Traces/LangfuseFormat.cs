namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Represents traces of Langfuse: one with its observations, as the API and the web page give it, and lists of
/// observations, as exports are.
/// </summary>
internal sealed class LangfuseFormat() : TraceFormat("langfuse")
{
    private static readonly LangfuseDialect s_dialect = new();

    /// <inheritdoc/>
    protected override ITraceDialect Dialect => s_dialect;

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head)
    {
        var isTrace =
            JsonHead.Has(head, "observations/[]/parentObservationId"u8)
            || JsonHead.Has(head, "trace/observations/[]/parentObservationId"u8)
            || JsonHead.Has(head, "[]/observations/[]/parentObservationId"u8)
            || JsonHead.Has(head, "data/[]/parentObservationId"u8)
            || JsonHead.Has(head, "[]/parentObservationId"u8)
            || JsonHead.Has(head, "parentObservationId"u8)
            || JsonHead.Has(head, "[]/parent_observation_id"u8)
            || JsonHead.Has(head, "parent_observation_id"u8);
        return isTrace ? FormatMatch.Certain : FormatMatch.No;
    }

    /// <inheritdoc/>
    protected override bool Read(JsonValue root, int? line, TraceLog log)
    {
        var list = root["data"].Exists ? root["data"] : root;
        var isKnown = false;
        foreach (var each in list.Kind == System.Text.Json.JsonValueKind.Array ? [.. list.Elements] : new[] { list })
        {
            var observations = each["observations"].Exists ? each["observations"] : each["trace"]["observations"];
            if (observations.Exists)
            {
                isKnown = true;
                var about = each["trace"].Exists ? each["trace"] : each;
                foreach (var observation in observations.Elements)
                {
                    log.Add(observation, [], line, about["sessionId"].Text);
                }
            }
            else if (LangfuseDialect.IsOne(each))
            {
                isKnown = true;
                log.Add(each, [], line, each["sessionId"].Text);
            }
        }

        return isKnown;
    }
}
