namespace OpenAICassette.Formats.Traces;

/// <summary>Reads spans of OpenTelemetry, whatever names their attributes have.</summary>
internal sealed class SpanDialect : ITraceDialect
{
    private static readonly ISpanConvention[] s_conventions = [new GenAiConvention(), new OpenInferenceConvention()];

    /// <inheritdoc/>
    public TracedCall? Describe(JsonValue span, IReadOnlyList<JsonValue> records)
    {
        var read = TraceSpan.Read(span, records);
        if (ConventionOf(read) is not { } convention)
        {
            return null;
        }

        var fields = read.Fields;
        var failure = read.Failure;
        return convention.Describe(read) with
        {
            SentAt = read.StartedAt,
            Duration = TracedCall.Between(read.StartedAt, read.EndedAt),
            Host = HostOf(fields),
            Failure = failure,
            Status =
                JsonFields.Status(fields["http.response.status_code"]) is > 0 and var status ? status
                : int.TryParse(fields.Text("http.response.status_code") ?? fields.Text("error.type"), out var written)
                && written is >= 100 and <= 999
                    ? written
                : null,
            ErrorType = failure is null ? null : fields.Text("error.type"),
            Place = new LoggedCall
            {
                SessionId = fields.Text("gen_ai.conversation.id") ?? fields.Text("session.id"),
                AgentId = fields.Text("gen_ai.agent.id"),
                TraceId = read.TraceId,
                EntryId = read.SpanId,
                ParentEntryId = read.ParentId,
            },
        };
    }

    /// <inheritdoc/>
    public SpanContent Read(JsonValue span, IReadOnlyList<JsonValue> records)
    {
        var read = TraceSpan.Read(span, records);
        return ConventionOf(read)?.Read(read) ?? new SpanContent();
    }

    /// <inheritdoc/>
    public TracedTool? ReadTool(JsonValue span)
    {
        var read = TraceSpan.Read(span, []);
        var fields = read.Fields;
        var isTool = fields.Text("gen_ai.operation.name") == "execute_tool" || read.Kind == "TOOL";
        var result = fields["gen_ai.tool.call.result"] is { Exists: true } given ? given : fields["output.value"];
        return isTool
            ? new TracedTool(
                read.TraceId,
                fields.Text("gen_ai.tool.call.id") ?? fields.Text("tool_call.id") ?? fields.Text("tool.id"),
                fields.Text("gen_ai.tool.name") ?? fields.Text("tool.name") ?? read.Name ?? string.Empty,
                read.StartedAt,
                read.EndedAt,
                result.Exists ? result.ToString() : null
            )
            : null;
    }

    private static ISpanConvention? ConventionOf(TraceSpan span) =>
        Array.Find(s_conventions, convention => convention.IsCall(span));

    private static string? HostOf(SpanFields fields)
    {
        const int https = 443;
        var host = fields.Text("server.address");
        var port = fields.Whole("server.port");
        return host is null || port is null or https ? host : $"{host}:{port}";
    }
}
