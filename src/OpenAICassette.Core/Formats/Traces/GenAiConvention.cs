using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Apis.OpenAI;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Formats.Traces;

/// <summary>
/// Reads spans that follow OpenTelemetry's semantic conventions for generative AI: the current ones, with all messages
/// in two attributes of the span or of one event; the older ones, with an event for each message; and those before,
/// with numbered attributes.
/// </summary>
internal sealed class GenAiConvention : ISpanConvention
{
    private const string Operation = "gen_ai.operation.name";
    private const string Input = "gen_ai.input.messages";
    private const string Output = "gen_ai.output.messages";
    private const string Instructions = "gen_ai.system_instructions";
    private const string Definitions = "gen_ai.tool.definitions";
    private const string RequestedModel = "gen_ai.request.model";
    private const string AnsweredModel = "gen_ai.response.model";

    private static readonly (string Attribute, string Member)[] s_parameters =
    [
        ("gen_ai.request.temperature", "temperature"),
        ("gen_ai.request.top_p", "top_p"),
        ("gen_ai.request.top_k", "top_k"),
        ("gen_ai.request.max_tokens", "max_tokens"),
        ("gen_ai.request.frequency_penalty", "frequency_penalty"),
        ("gen_ai.request.presence_penalty", "presence_penalty"),
        ("gen_ai.request.seed", "seed"),
        ("gen_ai.request.choice.count", "n"),
        ("gen_ai.request.stop_sequences", "stop"),
    ];

    /// <inheritdoc/>
    public bool IsCall(TraceSpan span)
    {
        var fields = span.Fields;
        return fields.Text(Operation) switch
        {
            "chat" or "text_completion" or "generate_content" or "embeddings" or "completion" => true,
            null => fields[RequestedModel].Exists
                && (fields["gen_ai.system"].Exists || fields["gen_ai.provider.name"].Exists)
                && !fields["gen_ai.agent.name"].Exists,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public TracedCall Describe(TraceSpan span)
    {
        var fields = span.Fields;
        var counts = span.With("gen_ai.usage.input_tokens");
        var operation = fields.Text(Operation)
            ?? (fields.Text("llm.request.type") == "embedding" ? "embeddings" : null);
        return new TracedCall
        {
            Path = TracedChat.PathOf(operation),
            Model = fields.Text(RequestedModel) ?? span.With(RequestedModel).Text(RequestedModel),
            AnsweredModel = span.With(AnsweredModel).Text(AnsweredModel),
            ResponseId = span.With("gen_ai.response.id").Text("gen_ai.response.id"),
            Usage = UsageOf(counts),
            Reasons = ReasonsOf(span),
            Texts = TextsOf(span),
            TimeToFirstFrame = fields.Seconds("gen_ai.response.time_to_first_chunk"),
            Place = new LoggedCall(),
        };
    }

    /// <inheritdoc/>
    public SpanContent Read(TraceSpan span)
    {
        var messages = new List<Message>();
        if (span.With(Instructions).Json(Instructions) is { HasValue: true } instructions)
        {
            messages.Add(new Message { Role = "system", Parts = GenAiMessage.Parts(instructions) });
        }

        var hasInput = span.With(Input)[Input].Exists;
        var output = span.With(Output).Json(Output);
        var isNew = hasInput || output.Exists;
        output = isNew ? output : NestedFields.Of(span.Fields, "gen_ai.completion");
        var choices = TracedMessages.Answers(output);
        if (!isNew)
        {
            messages.AddRange(TracedMessages.Read(NestedFields.Of(span.Fields, "gen_ai.prompt")));
            GenAiEvents.Read(span.Events, messages, choices);
            ReadAiSdk(span.Fields, messages, choices);
        }

        var reasons = ReasonsOf(span);
        return new SpanContent
        {
            ReadMessages = () =>
                hasInput ? [.. messages, .. TracedMessages.Read(span.With(Input).Json(Input))] : messages,
            Choices =
            [
                .. choices.Select(
                    (choice, at) => (choice.Message, at < reasons.Count ? reasons[at] : WordOf(choice.Reason))
                ),
            ],
            Tools = ToolsOf(span),
            Parameters = [.. ParametersOf(span.Fields)],
        };
    }

    /// <summary>Adds what the AI SDK for TypeScript keeps in attributes of its own.</summary>
    private static void ReadAiSdk(
        SpanFields fields,
        List<Message> messages,
        List<(Message Message, string? Reason)> choices
    )
    {
        messages.AddRange(TracedMessages.Read(fields.Json("ai.prompt.messages")));
        var (text, calls) = (fields.Text("ai.response.text"), fields.Json("ai.response.toolCalls"));
        if (text is not null || calls.Exists)
        {
            var answer = new Message
            {
                Role = "assistant",
                Parts = text is null ? [] : [new ContentPart(ContentPartKind.Text, text)],
                ToolCalls = [.. calls.Elements.Select(AiSdkMessage.CallOf)],
            };
            choices.Add((answer, fields.Text("ai.response.finishReason")));
        }
    }

    /// <summary>Returns where the messages stand, if each attribute is a text of the span.</summary>
    private static TracedTexts? TextsOf(TraceSpan span)
    {
        LogSpan[] texts =
        [
            .. new[] { Instructions, Input, Output, Definitions }.Select(name =>
                span.Fields[name] is { Kind: JsonValueKind.String } text ? LogSpan.Of(text) : default
            ),
        ];
        return texts[1].Length > 0 && texts[2].Length > 0 ? new(texts[0], texts[1], texts[2], texts[3]) : null;
    }

    private static JsonValue ToolsOf(TraceSpan span)
    {
        var tools = span.With(Definitions).Json(Definitions);
        return tools.Exists ? tools : NestedFields.Of(span.Fields, "llm.request.functions");
    }

    private static IEnumerable<KeyValuePair<string, string>> ParametersOf(SpanFields fields)
    {
        foreach (var (attribute, member) in s_parameters)
        {
            var value = fields.Json(attribute);
            if (value.Kind is JsonValueKind.Number or JsonValueKind.Array)
            {
                yield return new(member, value.ToCompactJson());
            }
            else if (SpanFields.WholeOf(value) is { } number)
            {
                yield return new(member, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Returns why the answers ended: each has its own reason in the order of the answers.</summary>
    private static IReadOnlyList<string> ReasonsOf(TraceSpan span)
    {
        const string name = "gen_ai.response.finish_reasons";
        return span.With(name).Texts(name);
    }

    /// <summary>Returns the word of the API for one of the conventions.</summary>
    public static string? WordOf(string? reason) => reason == "tool_call" ? FinishReason.Normalize(reason) : reason;

    private static Usage? UsageOf(SpanFields fields)
    {
        var input = First(fields, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens");
        var output = First(fields, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens");
        return input is null && output is null
            ? null
            : new Usage
            {
                PromptTokens = input,
                CompletionTokens = output,
                TotalTokens = First(fields, "gen_ai.usage.total_tokens", "llm.usage.total_tokens") ?? (input + output),
                CachedTokens = First(
                    fields,
                    "gen_ai.usage.cache_read.input_tokens",
                    "gen_ai.usage.cache_read_input_tokens",
                    "gen_ai.usage.cached_tokens"
                ),
                ReasoningTokens = First(
                    fields,
                    "gen_ai.usage.reasoning.output_tokens",
                    "gen_ai.usage.reasoning_tokens",
                    "gen_ai.usage.details.reasoning_tokens"
                ),
            };
    }

    private static long? First(SpanFields fields, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields.Whole(name) is { } count)
            {
                return count;
            }
        }

        return null;
    }
}
