namespace OpenAICassette.Traces;

/// <summary>Names operations and providers as OpenTelemetry's semantic conventions for generative AI do.</summary>
internal static class TraceOperation
{
    private static readonly (string HostEnd, string Provider)[] s_hosts =
    [
        ("openai.azure.com", "azure.ai.openai"),
        ("amazonaws.com", "aws.bedrock"),
        ("aiplatform.googleapis.com", "gcp.vertex_ai"),
        ("googleapis.com", "gcp.gemini"),
        ("openai.com", "openai"),
        ("anthropic.com", "anthropic"),
        ("groq.com", "groq"),
        ("deepseek.com", "deepseek"),
        ("x.ai", "x_ai"),
        ("perplexity.ai", "perplexity"),
        ("mistral.ai", "mistral_ai"),
        ("cohere.com", "cohere"),
        ("cohere.ai", "cohere"),
    ];

    /// <summary>Returns the operation of a call; null for a call that no model answers.</summary>
    public static string? NameOf(Conversation conversation, InteractionFacts facts) =>
        facts.Api switch
        {
            null => null,
            var api when api.EndsWith("-embeddings", StringComparison.Ordinal) => "embeddings",
            "openai-completions" => "text_completion",
            "gemini" when conversation.Converses => "generate_content",
            _ => conversation.Converses ? "chat" : null,
        };

    /// <summary>Returns the provider: by the host, else by the API, which others serve too.</summary>
    public static string ProviderOf(InteractionFacts facts)
    {
        var host = facts.Host?.Split(':')[0];
        var known = Array.Find(s_hosts, entry =>
            host == entry.HostEnd || host?.EndsWith($".{entry.HostEnd}", StringComparison.OrdinalIgnoreCase) == true
        );
        return known.Provider
            ?? facts.Api!.Split('-')[0] switch
            {
                "gemini" => "gcp.gemini",
                "vertex" => "gcp.vertex_ai",
                "bedrock" => "aws.bedrock",
                "mistral" => "mistral_ai",
                "other" or "websocket" => host ?? "unknown",
                var family => family,
            };
    }
}
