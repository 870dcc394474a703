namespace OpenAICassette.Apis;

/// <summary>
/// Represents the reasons for which a model stops, in the words of OpenAI's chat completions, whatever the service
/// calls them.
/// </summary>
internal static class FinishReason
{
    /// <summary>The member of an answer that holds its reason, in the conventions of OpenTelemetry too.</summary>
    public const string Member = "finish_reason";

    private static readonly Dictionary<string, string> s_common = new(StringComparer.OrdinalIgnoreCase)
    {
        ["stop"] = "stop",
        ["end_turn"] = "stop",
        ["stop_sequence"] = "stop",
        ["complete"] = "stop",
        ["completed"] = "stop",
        ["eos"] = "stop",
        ["length"] = "length",
        ["max_tokens"] = "length",
        ["max_output_tokens"] = "length",
        ["model_context_window_exceeded"] = "length",
        ["tool_calls"] = "tool_calls",
        ["tool_call"] = "tool_calls",
        ["tool_use"] = "tool_calls",
        ["function_call"] = "tool_calls",
        ["requires_action"] = "tool_calls",
        ["content_filter"] = "content_filter",
        ["content_filtered"] = "content_filter",
        ["guardrail_intervened"] = "content_filter",
        ["refusal"] = "content_filter",
        ["safety"] = "content_filter",
        ["recitation"] = "content_filter",
        ["blocklist"] = "content_filter",
        ["prohibited_content"] = "content_filter",
        ["spii"] = "content_filter",
        ["image_safety"] = "content_filter",
        ["error"] = "error",
        ["error_toxic"] = "content_filter",
        ["failed"] = "error",
        ["malformed_function_call"] = "error",
        ["reason_stop"] = "stop",
        ["reason_max_len"] = "length",
        ["reason_max_context"] = "length",
        ["reason_tool_calls"] = "tool_calls",
    };

    /// <summary>
    /// Returns the common word for a reason: stop, length, tool_calls, content_filter, error; other for an unknown one.
    /// </summary>
    /// <param name="reason">The reason as recorded; of one with a detail, such as incomplete:length, the detail counts.</param>
    public static string Normalize(string reason) =>
        s_common.GetValueOrDefault(reason[(reason.IndexOf(':', StringComparison.Ordinal) + 1)..], "other");
}
