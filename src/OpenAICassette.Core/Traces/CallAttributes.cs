using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Traces;

/// <summary>Writes the attributes of the span of a call.</summary>
internal static class CallAttributes
{
    /// <summary>The attributes of parameters that are numbers; APIs have several names for some.</summary>
    private static readonly Dictionary<string, (string Key, bool IsWhole)> s_parameters = new(StringComparer.Ordinal)
    {
        ["temperature"] = ("gen_ai.request.temperature", false),
        ["top_p"] = ("gen_ai.request.top_p", false),
        ["top_k"] = ("gen_ai.request.top_k", false),
        ["frequency_penalty"] = ("gen_ai.request.frequency_penalty", false),
        ["presence_penalty"] = ("gen_ai.request.presence_penalty", false),
        ["max_tokens"] = ("gen_ai.request.max_tokens", true),
        ["max_completion_tokens"] = ("gen_ai.request.max_tokens", true),
        ["max_output_tokens"] = ("gen_ai.request.max_tokens", true),
        ["seed"] = ("gen_ai.request.seed", true),
        ["n"] = ("gen_ai.request.choice.count", true),
    };

    /// <summary>Writes the attributes.</summary>
    public static void Write(Utf8JsonWriter writer, Conversation conversation, InteractionFacts facts, string operation)
    {
        SpanAttributes.Text(writer, "gen_ai.operation.name", operation);
        SpanAttributes.Text(writer, "gen_ai.provider.name", TraceOperation.ProviderOf(facts));
        SpanAttributes.Text(writer, "gen_ai.conversation.id", facts.ConversationId);
        SpanAttributes.Text(writer, "gen_ai.request.model", facts.Model);
        WriteParameters(writer, conversation);
        SpanAttributes.Text(writer, "gen_ai.response.id", conversation.ResponseId);
        SpanAttributes.Text(writer, "gen_ai.response.model", facts.AnsweredModel);
        SpanAttributes.Texts(writer, "gen_ai.response.finish_reasons", facts.RawFinishReasons);
        SpanAttributes.Number(writer, "gen_ai.response.time_to_first_chunk", facts.TimeToFirstFrame?.TotalSeconds);
        SpanAttributes.Integer(writer, "gen_ai.usage.input_tokens", facts.Usage?.PromptTokens);
        SpanAttributes.Integer(writer, "gen_ai.usage.output_tokens", facts.Usage?.CompletionTokens);
        SpanAttributes.Integer(writer, "gen_ai.usage.cache_read.input_tokens", facts.Usage?.CachedTokens);
        SpanAttributes.Integer(writer, "gen_ai.usage.reasoning.output_tokens", facts.Usage?.ReasoningTokens);
        var place = facts.Url is { Length: > 0 } ? facts.Url : $"https://{facts.Host}";
        if (Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Host.Length > 0)
        {
            SpanAttributes.Text(writer, "server.address", address.Host);
            SpanAttributes.Integer(writer, "server.port", address.Port);
        }

        SpanAttributes.Integer(writer, "http.response.status_code", facts.Status);
        SpanAttributes.Text(writer, "error.type", facts.ErrorKind is null ? null : facts.ErrorType ?? facts.ErrorKind);
        WriteMessages(writer, conversation);
    }

    private static void WriteParameters(Utf8JsonWriter writer, Conversation conversation)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in conversation.Parameters)
        {
            if (
                !s_parameters.TryGetValue(parameter.Name, out var attribute)
                || !double.TryParse(parameter.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || !written.Add(attribute.Key)
            )
            {
                continue;
            }

            if (attribute.IsWhole)
            {
                SpanAttributes.Integer(writer, attribute.Key, (long)number);
            }
            else
            {
                SpanAttributes.Number(writer, attribute.Key, number);
            }
        }
    }

    /// <summary>On spans, messages are JSON in a text, which every receiver stores.</summary>
    private static void WriteMessages(Utf8JsonWriter writer, Conversation conversation)
    {
        var input = TraceMessages.Input(conversation);
        if (input.Length > "[]".Length)
        {
            SpanAttributes.Text(writer, "gen_ai.input.messages", input);
        }

        if (conversation.Converses && conversation.Choices.Count > 0)
        {
            SpanAttributes.Text(writer, "gen_ai.output.messages", TraceMessages.Output(conversation));
        }

        if (conversation.Tools.Count > 0)
        {
            SpanAttributes.Text(writer, "gen_ai.tool.definitions", TraceMessages.Tools(conversation));
        }
    }
}
