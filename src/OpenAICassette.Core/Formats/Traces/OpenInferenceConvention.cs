using OpenAICassette.Apis;
using OpenAICassette.Apis.OpenAI;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Reads spans that follow OpenInference, whose attributes are paths into lists of messages. A span without messages
/// may have the whole request and response as its input and output.
/// </summary>
internal sealed class OpenInferenceConvention : ISpanConvention
{
    /// <inheritdoc/>
    public bool IsCall(TraceSpan span) => span.Kind is "LLM" or "EMBEDDING";

    /// <inheritdoc/>
    public TracedCall Describe(TraceSpan span)
    {
        var fields = span.Fields;
        var isEmbedding = span.Kind == "EMBEDDING";
        var (input, output) = (fields.Whole("llm.token_count.prompt"), fields.Whole("llm.token_count.completion"));
        var model = fields.Text("llm.model_name") ?? fields.Text("embedding.model_name");
        var raw = RawExchange.Of(IsTold(fields) ? default : fields.Json("output.value"));
        return new TracedCall
        {
            Path = raw.Path ?? TracedChat.PathOf(isEmbedding ? "embeddings" : null),
            Model = fields.Json("llm.invocation_parameters")["model"].Text ?? model,
            AnsweredModel = model,
            IsRaw = raw.Path is not null,
            Usage =
                input is null && output is null
                    ? null
                    : new Usage
                    {
                        PromptTokens = input,
                        CompletionTokens = output,
                        TotalTokens = fields.Whole("llm.token_count.total") ?? (input + output),
                        CachedTokens = fields.Whole("llm.token_count.prompt_details.cache_read"),
                        ReasoningTokens = fields.Whole("llm.token_count.completion_details.reasoning"),
                    },
            Reasons = fields.Texts("llm.finish_reason"),
            Place = new LoggedCall(),
        };
    }

    /// <inheritdoc/>
    public SpanContent Read(TraceSpan span)
    {
        var fields = span.Fields;
        var parameters = fields.Json("llm.invocation_parameters");
        if (!IsTold(fields))
        {
            return RawExchange.Read(
                fields.Json("input.value"),
                fields.Json("output.value"),
                fields.Text("llm.model_name")
            );
        }

        var reasons = fields.Texts("llm.finish_reason");
        return new SpanContent
        {
            ReadMessages = () =>
                [.. NestedFields.Of(fields, "llm.input_messages").Elements.SelectMany(ReadMessage), .. TextsIn(fields)],
            Choices =
            [
                .. NestedFields
                    .Of(fields, "llm.output_messages")
                    .Elements.SelectMany(ReadMessage)
                    .Select((message, at) => (message, at < reasons.Count ? reasons[at] : null)),
            ],
            Tools = ToolsIn(fields),
            Parameters =
            [
                .. parameters
                    .Members.Where(member =>
                        member.Key is not ("model" or "messages" or "tools" or "stream" or "input")
                    )
                    .Select(member => KeyValuePair.Create(member.Key, member.Value.ToCompactJson())),
            ],
        };
    }

    private static bool IsTold(SpanFields fields) =>
        fields.Names.Any(name =>
            name.StartsWith("llm.input_messages", StringComparison.Ordinal)
            || name.StartsWith("llm.output_messages", StringComparison.Ordinal)
            || name.StartsWith("embedding.embeddings", StringComparison.Ordinal)
        );

    private static IEnumerable<Message> TextsIn(SpanFields fields) =>
        NestedFields
            .Of(fields, "embedding.embeddings")
            .Elements.Select(each => each["embedding"]["text"].Text)
            .OfType<string>()
            .Select(text => new Message { Role = "user", Parts = [new ContentPart(ContentPartKind.Text, text)] });

    private static JsonValue ToolsIn(SpanFields fields)
    {
        var tools = NestedFields
            .Of(fields, "llm.tools")
            .Elements.Select(tool => SpanFields.Parsed(tool["tool"]["json_schema"]))
            .Where(tool => tool.Count > 0)
            .Select(tool => tool.ToString());
        return JsonValue.ParseOrUndefined(System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', tools)}]"));
    }

    private static IEnumerable<Message> ReadMessage(JsonValue entry)
    {
        var message = entry["message"];
        var parts = new List<ContentPart>();
        string? reasoning = null;
        if (message["content"].Text is { Length: > 0 } text)
        {
            parts.Add(new ContentPart(ContentPartKind.Text, text));
        }

        foreach (var each in message["contents"].Elements)
        {
            var content = each["message_content"];
            if (content["type"].Text is "reasoning" or "thinking")
            {
                reasoning += content["text"].Text;
            }
            else
            {
                parts.Add(PartOf(content));
            }
        }

        yield return new Message
        {
            Role = MessageReader.Role(message["role"]),
            Parts = parts,
            Reasoning = reasoning,
            ToolCallId = message["tool_call_id"].Text,
            Name = message["name"].Text,
            ToolCalls =
            [
                .. message["tool_calls"]
                    .Elements.Select(call => call["tool_call"])
                    .Select(call => new ToolCall(
                        call["id"].Text,
                        call["function"]["name"].Text ?? string.Empty,
                        call["function"]["arguments"].ToString()
                    )),
            ],
        };
    }

    private static ContentPart PartOf(JsonValue content) =>
        content["text"].Text is { } text ? new ContentPart(ContentPartKind.Text, text)
        : content["image"]["image"]["url"].Text is { } image ? new ContentPart(ContentPartKind.Image, image)
        : content["audio"]["audio"]["url"].Text is { } audio ? new ContentPart(ContentPartKind.Audio, audio)
        : new ContentPart(ContentPartKind.Json, content.ToCompactJson(), content["type"].Text);
}
