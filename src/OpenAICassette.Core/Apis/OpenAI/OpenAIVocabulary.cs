namespace OpenAICassette.Apis.OpenAI;

/// <summary>Represents the names of OpenAI's API, and those that services which follow it have added.</summary>
internal static class OpenAIVocabulary
{
    /// <summary>Gets the names.</summary>
    public static ApiVocabulary Instance { get; } =
        new()
        {
            Inputs = ["messages", "prompt", "input"],
            System = ["instructions"],
            Thoughts = ["reasoning_content", "reasoning"],
            ParameterGroups = ["extra_body"],
            Schemas = ["parameters", "format"],
            TextParts = ["text", "input_text", "output_text"],
            PreviousIds = ["previous_response_id"],
            VolatileRequestMembers =
            [
                "/stream_options",
                "/user",
                "/metadata",
                "/store",
                "/seed",
                "/safety_identifier",
                "/prompt_cache_key",
                "/prompt_cache_retention",
                "/service_tier",
                "/encoding_format",
                "/client_metadata",
                "/input/*/internal_chat_message_metadata_passthrough",
            ],
            VolatileMessageMembers = ["/event_id", "/item/id", "/item_id", "/previous_item_id", "/response/event_id"],
            VolatileQueryParameters = ["_", "cachebust", "cache_bust", "cachebuster", "nocache"],
            CallIds = ["tool_call_id", "call_id"],
            Calls = ["tool_calls"],
            VolatileResponseMembers =
            [
                "response_id",
                "item_id",
                "request_id",
                "call_id",
                "completed_at",
                "expires_at",
                "system_fingerprint",
                "encrypted_content",
                "obfuscation",
                "event_id",
                "previous_item_id",
            ],
            RoutineMembers =
            [
                "service_tier",
                "stop_reason",
                "prompt_token_ids",
                "token_ids",
                "prompt_filter_results",
                "content_filter_results",
                "content_filter_result",
                "logprobs",
                "owned_by",
                "finish_reason",
                "delta",
                "session",
                "conversation",
                "audio_start_ms",
                "audio_end_ms",
            ],
            SilentMembers =
            [
                "obfuscation",
                "output_index",
                "content_index",
                "summary_index",
                "annotation_index",
                "sequence_number",
                "embedding",
            ],
            Containers =
            [
                "choices",
                "delta",
                "response",
                "item",
                "part",
                "output",
                "summary",
                "reasoning_details",
                "tool_calls",
                "function",
            ],
            TextIndexes = ["output_index", "content_index", "summary_index", "item_id"],
            WholeTexts =
            [
                "finish_reason",
                "system_fingerprint",
                "service_tier",
                "obfuscation",
                "item_id",
                "call_id",
                "encrypted_content",
                "response_id",
                "previous_response_id",
            ],
            Usage = new UsageNames
            {
                Prompt = ["prompt_tokens", "input_tokens"],
                Completion = ["completion_tokens", "output_tokens"],
                Total = ["total_tokens"],
                Cached = ["prompt_tokens_details.cached_tokens", "input_tokens_details.cached_tokens"],
                Reasoning = ["completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens"],
            },
        };
}
