using System.Text.Json;
using OpenAICassette.Apis.OpenAI;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Reads the observations of Langfuse. The input and the output of a generation are whatever the program's integration
/// gave, often as JSON in a text.
/// </summary>
internal sealed class LangfuseDialect : ITraceDialect
{
    private static readonly string[] s_parameters =
    [
        "temperature",
        "top_p",
        "top_k",
        "max_tokens",
        "frequency_penalty",
        "presence_penalty",
        "seed",
    ];

    /// <summary>Returns whether a value is an observation.</summary>
    public static bool IsOne(JsonValue value) =>
        value["parentObservationId"].Exists || value["parent_observation_id"].Exists;

    /// <inheritdoc/>
    public TracedCall? Describe(JsonValue span, IReadOnlyList<JsonValue> records)
    {
        var type = span["type"].Text;
        if (type is not ("GENERATION" or "EMBEDDING"))
        {
            return null;
        }

        var started = TimeOf(span, "startTime", "start_time");
        var first = TimeOf(span, "completionStartTime", "completion_start_time");
        var isFailed = span["level"].Text == "ERROR";
        var model = span["model"].Text ?? span["provided_model_name"].Text;
        var raw = RawExchange.Of(SpanFields.Parsed(span["output"])).Path;
        return new TracedCall
        {
            IsRaw = raw is not null,
            Path = raw ?? TracedChat.PathOf(type == "EMBEDDING" ? "embeddings" : null),
            Model = model,
            AnsweredModel = model,
            Usage = UsageOf(MemberOf(span, "usageDetails", "usage_details")),
            SentAt = started,
            Duration = TracedCall.Between(started, TimeOf(span, "endTime", "end_time")),
            TimeToFirstFrame = TracedCall.Between(started, first),
            Failure = isFailed ? (MemberOf(span, "statusMessage", "status_message").Text ?? "error") : null,
            Place = new LoggedCall
            {
                TraceId = MemberOf(span, "traceId", "trace_id").Text,
                EntryId = span["id"].Text,
                ParentEntryId = MemberOf(span, "parentObservationId", "parent_observation_id").Text,
            },
        };
    }

    /// <inheritdoc/>
    public SpanContent Read(JsonValue span, IReadOnlyList<JsonValue> records)
    {
        var model = span["model"].Text;
        var content = RawExchange.Read(SpanFields.Parsed(span["input"]), SpanFields.Parsed(span["output"]), model);
        var parameters = SpanFields.Parsed(MemberOf(span, "modelParameters", "model_parameters"));
        return content with
        {
            Tools = ToolsOf(span),
            Parameters =
            [
                .. parameters
                    .Members.Where(each => each.Value.Kind == JsonValueKind.Number && s_parameters.Contains(each.Key))
                    .Select(each => KeyValuePair.Create(each.Key, each.Value.ToCompactJson())),
            ],
        };
    }

    /// <inheritdoc/>
    public TracedTool? ReadTool(JsonValue span)
    {
        if (span["type"].Text != "TOOL")
        {
            return null;
        }

        var about = SpanFields.Read(SpanFields.Parsed(SpanFields.Parsed(span["metadata"])["attributes"]));
        var output = SpanFields.Parsed(span["output"]);
        return new TracedTool(
            MemberOf(span, "traceId", "trace_id").Text,
            about.Text("gen_ai.tool.call.id") ?? about.Text("tool_call.id"),
            about.Text("gen_ai.tool.name") ?? span["name"].Text ?? string.Empty,
            TimeOf(span, "startTime", "start_time"),
            TimeOf(span, "endTime", "end_time"),
            output.HasValue ? output.ToString() : null
        );
    }

    /// <summary>
    /// Returns the tokens. Some integrations count cached tokens and those of reasoning apart from the others, and then
    /// all counts together are the total.
    /// </summary>
    private static Usage? UsageOf(JsonValue value)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in SpanFields.Parsed(value).Members)
        {
            if (SpanFields.WholeOf(count) is { } number and >= 0 and < int.MaxValue)
            {
                counts[name] = number;
            }
        }

        if (counts.Count == 0)
        {
            return null;
        }

        long? total = counts.Remove("total", out var sum) ? sum : null;
        var isApart = counts.Count > 2 && total == counts.Values.Sum();
        return new Usage
        {
            PromptTokens = SumOf(counts, "input", isApart),
            CompletionTokens = SumOf(counts, "output", isApart),
            TotalTokens = total ?? (SumOf(counts, "input", isApart) + SumOf(counts, "output", isApart)),
            CachedTokens = Like(counts, "cache_read") ?? Like(counts, "cached"),
            ReasoningTokens = Like(counts, "reasoning"),
        };
    }

    private static long? SumOf(Dictionary<string, long> counts, string name, bool isApart) =>
        !counts.TryGetValue(name, out var count) ? null
        : isApart ? counts.Where(each => each.Key.StartsWith(name, StringComparison.Ordinal)).Sum(each => each.Value)
        : count;

    private static long? Like(Dictionary<string, long> counts, string name)
    {
        var key = counts.Keys.FirstOrDefault(each => each.Contains(name, StringComparison.Ordinal));
        return key is null ? null : counts[key];
    }

    private static JsonValue ToolsOf(JsonValue span)
    {
        var tools = SpanFields.Parsed(MemberOf(span, "toolDefinitions", "tool_definitions"));
        if (tools.Kind != JsonValueKind.Object || tools.Count == 0)
        {
            var about = SpanFields.Read(SpanFields.Parsed(SpanFields.Parsed(span["metadata"])["attributes"]));
            return about.Json("gen_ai.tool.definitions");
        }

        return JsonValue.ParseOrUndefined(
            JsonBytes.Write(writer =>
            {
                writer.WriteStartArray();
                foreach (var (name, value) in tools.Members)
                {
                    var tool = SpanFields.Parsed(value);
                    writer.WriteStartObject();
                    writer.WriteText("name", name);
                    writer.WriteAsIs("description", tool["description"]);
                    writer.WriteAsIs("parameters", SpanFields.Parsed(tool["parameters"]));
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            })
        );
    }

    private static JsonValue MemberOf(JsonValue span, string name, string exported) =>
        span[name].Exists ? span[name] : span[exported];

    private static DateTimeOffset? TimeOf(JsonValue span, string name, string exported) =>
        JsonFields.Time(MemberOf(span, name, exported));
}
