namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Rules for keys of model providers and of services that agents call. The formats are documented by the providers, or
/// agreed on by public scanners.
/// </summary>
internal static class ModelProviderRules
{
    /// <summary>Gets the rules. If two match the same text, the first one applies.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("anthropic-api-key", "Anthropic API or OAuth key")
        {
            Anchors = ["sk-ant-"],
            Shown = 7,
            Pattern = @"sk-ant-[A-Za-z0-9]{2,12}-[A-Za-z0-9_-]{32,400}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["sk-ant-api03-{u:93}AA", "sk-ant-oat01-{u:95}"],
        },
        new("openrouter-api-key", "OpenRouter API key")
        {
            Anchors = ["sk-or-"],
            Shown = 6,
            Pattern = "sk-or-(?:v1-)?[0-9a-f]{40,128}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["sk-or-v1-{h:64}"],
        },
        new("langfuse-secret-key", "Langfuse secret key")
        {
            Anchors = ["sk-lf-"],
            Shown = 6,
            Pattern = "sk-lf-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            IsSecret = SecretValue.IsNoFiller,
            Examples = ["sk-lf-{g}"],
        },
        new("openai-api-key", "OpenAI API key, or another provider's of the same form")
        {
            Anchors = ["sk-"],
            Shown = 3,
            Pattern = "sk-[A-Za-z0-9_-]{20,400}",
            Examples =
            [
                "sk-proj-{u:74}T3BlbkFJ{u:74}",
                "sk-svcacct-{u:51}T3BlbkFJ{u:51}",
                "sk-admin-{u:58}T3BlbkFJ{u:58}",
                "sk-{a:20}T3BlbkFJ{a:20}",
                "sk-None-{a:20}T3BlbkFJ{a:20}",
                "sk-{h:32}",
            ],
            CounterExamples =
            [
                "sk-proj-...{l:4}",
                "sk-learn-classification-2024-notebooks",
                "https://example.com/ask-{a:40}",
            ],
        },
        new("openai-session-key", "OpenAI session key")
        {
            Anchors = ["sess-"],
            Shown = 5,
            Pattern = "sess-[A-Za-z0-9]{40}(?![A-Za-z0-9])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["sess-{a:40}"],
        },
        new("openai-ephemeral-key", "OpenAI ephemeral key of a realtime session")
        {
            Anchors = ["ek_"],
            Shown = 3,
            Pattern = "ek_[A-Za-z0-9]{24,120}(?![A-Za-z0-9_])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["ek_{h:32}", "ek_{a:40}"],
            CounterExamples = ["ek_endpoint_configuration_name"],
        },
        new("google-api-key", "Google API key")
        {
            Anchors = ["AIza", "AQ.Ab"],
            Shown = 4,
            Pattern = @"(?:AIza[A-Za-z0-9_-]{35}|AQ\.Ab[A-Za-z0-9_-]{40,120})(?![A-Za-z0-9_-])",
            IsSecret = SecretValue.IsNoFiller,
            Examples = ["AIza{u:35}", "AQ.Ab8RN6{u:44}"],
        },
        new("google-oauth-token", "Google OAuth token or client secret")
        {
            Anchors = ["ya29.", "GOCSPX-", "1//0"],
            Shown = 4,
            Pattern = @"(?:ya29\.[A-Za-z0-9_.-]{20,2000}|GOCSPX-[A-Za-z0-9_-]{28}|1//0[A-Za-z0-9_-]{60,200})",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["ya29.{u:120}", "GOCSPX-{u:28}"],
        },
        new("azure-openai-key", "Azure AI key")
        {
            Anchors = ["JQQJ9"],
            LeadIn = 52,
            LeastLeadIn = 52,
            Pattern = "[A-Za-z0-9]{52}JQQJ9[0-9A-Z][A-Za-z0-9]{26}(?:[A-Za-z0-9]{2}==)?(?![A-Za-z0-9])",
            IsSecret = SecretValue.IsNoFiller,
            Proof = KeyChecksum.IsAzureKey,
            Examples = ["{a:52}JQQJ99BA{a:12}AAABACOG{a:4}"],
            CounterExamples = ["{a:20}JQQJ99{a:26}"],
        },
        new("aws-bedrock-api-key", "Amazon Bedrock API key")
        {
            Anchors = ["ABSK", "bedrock-api-key-"],
            Shown = 4,
            Pattern = "(?:ABSK|bedrock-api-key-)[A-Za-z0-9+/]{100,2000}={0,2}",
            Examples = ["ABSK{b:128}", "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t{b:200}"],
        },
        new("groq-api-key", "Groq API key")
        {
            Anchors = ["gsk_"],
            Shown = 4,
            Pattern = "gsk_[A-Za-z0-9]{40,80}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["gsk_{a:20}WGdyb3FY{a:24}"],
        },
        new("xai-api-key", "xAI API key")
        {
            Anchors = ["xai-"],
            Shown = 4,
            Pattern = "xai-[A-Za-z0-9_-]{60,200}",
            Examples = ["xai-{a:80}"],
        },
        new("huggingface-token", "Hugging Face token")
        {
            Anchors = ["hf_", "api_org_"],
            Shown = 3,
            Pattern = "(?:hf_|api_org_)[A-Za-z0-9]{30,40}(?![A-Za-z0-9_])",
            IsSecret = SecretValue.IsNoFiller,
            Examples = ["hf_{l:34}", "api_org_{a:34}"],
            CounterExamples = ["hf_{x:34}", "hf_hub_download"],
        },
        new("perplexity-api-key", "Perplexity API key")
        {
            Anchors = ["pplx-"],
            Shown = 5,
            Pattern = "pplx-[A-Za-z0-9]{40,64}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["pplx-{a:48}"],
        },
        new("replicate-api-token", "Replicate API token")
        {
            Anchors = ["r8_"],
            Shown = 3,
            Pattern = "r8_[A-Za-z0-9_-]{37}(?![A-Za-z0-9_-])",
            Examples = ["r8_{a:37}"],
            CounterExamples = ["r8_optimizer_rules"],
        },
        new("together-api-key", "Together AI key")
        {
            Anchors = ["tgp_v1_"],
            Shown = 7,
            Pattern = "tgp_v1_[A-Za-z0-9_-]{43}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["tgp_v1_{u:43}"],
        },
        new("nvidia-api-key", "NVIDIA API key")
        {
            Anchors = ["nvapi-"],
            Shown = 6,
            Pattern = "nvapi-[A-Za-z0-9_-]{50,100}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["nvapi-{u:64}"],
        },
        new("cerebras-api-key", "Cerebras API key")
        {
            Anchors = ["csk-"],
            Shown = 4,
            Pattern = "csk-[A-Za-z0-9]{40,64}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["csk-{a:48}"],
        },
        new("pinecone-api-key", "Pinecone API key")
        {
            Anchors = ["pcsk_"],
            Shown = 5,
            Pattern = "pcsk_[A-Za-z0-9]{4,8}_[A-Za-z0-9]{50,80}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["pcsk_{a:6}_{a:63}"],
        },
        new("langsmith-api-key", "LangSmith API key")
        {
            Anchors = ["lsv2_", "ls__"],
            Shown = 4,
            Pattern = "(?:lsv2_(?:pt|sk)_[0-9a-fA-F]{32}_[0-9a-fA-F]{10}|ls__[0-9a-f]{32})",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["lsv2_pt_{h:32}_{h:10}"],
        },
        new("brave-api-key", "Brave Search API key")
        {
            Anchors = ["BSA"],
            Shown = 3,
            Pattern = "BSA[A-Za-z0-9_-]{24,40}(?![A-Za-z0-9_-])",
            Examples = ["BSA{a:28}"],
        },
        new("tavily-api-key", "Tavily API key")
        {
            Anchors = ["tvly-"],
            Shown = 5,
            Pattern = "tvly-[A-Za-z0-9_-]{24,100}",
            Examples = ["tvly-dev-{a:32}", "tvly-{a:32}"],
        },
        new("fireworks-api-key", "Fireworks AI key")
        {
            Anchors = ["fw_"],
            Shown = 3,
            Pattern = "fw_[A-Za-z0-9]{20,50}(?![A-Za-z0-9_])",
            Examples = ["fw_{a:24}"],
        },
        new("elevenlabs-api-key", "ElevenLabs API key")
        {
            Anchors = ["sk_"],
            Shown = 3,
            Pattern = "sk_[0-9a-f]{48}(?![A-Za-z0-9])",
            Examples = ["sk_{h:48}"],
        },
        new("voyage-api-key", "Voyage AI key")
        {
            Anchors = ["pa-"],
            Shown = 3,
            Pattern = "pa-[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])",
            Examples = ["pa-{u:43}"],
        },
        new("jina-api-key", "Jina AI key")
        {
            Anchors = ["jina_"],
            Shown = 5,
            Pattern = "jina_[A-Za-z0-9_-]{40,80}",
            Examples = ["jina_{h:32}{a:28}"],
        },
        new("firecrawl-api-key", "Firecrawl API key")
        {
            Anchors = ["fc-"],
            Shown = 3,
            Pattern = "fc-[0-9a-f]{32}(?![A-Za-z0-9-])",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["fc-{h:32}"],
        },
        new("e2b-api-key", "E2B API key")
        {
            Anchors = ["e2b_"],
            Shown = 4,
            Pattern = "e2b_[0-9a-f]{40}",
            IsSecret = SecretValue.IsGenerated,
            Examples = ["e2b_{h:40}"],
        },
        new("runpod-api-key", "RunPod API key")
        {
            Anchors = ["rpa_"],
            Shown = 4,
            Pattern = "rpa_[A-Za-z0-9]{30,60}",
            Examples = ["rpa_{a:46}"],
        },
        new("wandb-api-key", "Weights & Biases API key")
        {
            Anchors = ["wandb_v1_"],
            Shown = 9,
            Pattern = "wandb_v1_[A-Za-z0-9_-]{30,120}",
            Examples = ["wandb_v1_{a:60}"],
        },
        new("posthog-key", "PostHog personal key")
        {
            Anchors = ["phx_"],
            Shown = 4,
            Pattern = "phx_[A-Za-z0-9_-]{36,60}",
            Examples = ["phx_{a:43}"],
        },
    ];
}
