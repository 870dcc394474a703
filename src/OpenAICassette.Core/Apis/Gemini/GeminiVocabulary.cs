namespace OpenAICassette.Apis.Gemini;

/// <summary>Represents the names of generateContent, in snake case and camel case.</summary>
internal static class GeminiVocabulary
{
    /// <summary>Gets the names.</summary>
    public static ApiVocabulary Instance { get; } =
        new()
        {
            System = ["system_instruction", "systemInstruction"],
            Inputs = ["contents"],
            ParameterGroups = ["config", "generationConfig", "generation_config"],
            Schemas = ["parameters_json_schema", "parametersJsonSchema"],
            Calls = ["function_call", "functionCall", "function_response", "functionResponse"],
            VolatileResponseMembers =
            [
                "responseId",
                "create_time",
                "createTime",
                "thought_signature",
                "thoughtSignature",
            ],
            RoutineMembers =
            [
                "model_version",
                "modelVersion",
                "usage_metadata",
                "usageMetadata",
                "display_name",
                "setupComplete",
                "mimeType",
                "generationComplete",
                "turnComplete",
            ],
            SilentMembers = ["thought"],
            Containers = ["candidates", "content", "parts", "serverContent", "modelTurn"],
            TextIndexes = ["thought"],
            WholeTexts =
            [
                "responseId",
                "modelVersion",
                "model_version",
                "thoughtSignature",
                "thought_signature",
                "finishReason",
            ],
            Usage = new UsageNames
            {
                Prompt = ["prompt_token_count", "promptTokenCount"],
                Completion = ["candidates_token_count", "candidatesTokenCount", "responseTokenCount"],
                Total = ["total_token_count", "totalTokenCount"],
                Cached = ["cached_content_token_count", "cachedContentTokenCount"],
                Reasoning = ["thoughts_token_count", "thoughtsTokenCount"],
            },
        };
}
