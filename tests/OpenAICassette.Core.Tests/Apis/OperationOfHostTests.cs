using OpenAICassette.Apis;

namespace OpenAICassette.Tests;

/// <summary>The name of an operation follows from its path, its method and the host.</summary>
public class OperationOfHostTests
{
    [Theory]
    [InlineData("GET", "https://api.openai.com/v1/chat/completions", "openai-other")]
    [InlineData("POST", "https://api.openai.com/v1/responses/input_tokens", "openai-other")]
    [InlineData("DELETE", "https://api.openai.com/v1/responses/resp_1", "openai-other")]
    [InlineData("GET", "https://api.openai.com/v1/responses/resp_1", "openai-responses")]
    [InlineData("GET", "https://api.openai.com/v1/responses", null)]
    [InlineData("GET", "https://api.openai.com/v1/organization/usage/embeddings", "openai-other")]
    [InlineData("POST", "https://app.example.com/plus/api/v1/tracing/batches", null)]
    public void The_method_and_the_place_in_the_path_count(string method, string url, string? api) =>
        Assert.Equal(api, Identify(method, url));

    [Theory]
    [InlineData("https://api.anthropic.com/v1/files", "anthropic-other")]
    [InlineData("https://api.anthropic.com/v1/complete", "anthropic-other")]
    [InlineData("https://api.mistral.ai/v1/models", "mistral-other")]
    [InlineData("https://api.mistral.ai/v1/batch/jobs", "mistral-other")]
    [InlineData("https://api.mistral.ai/v1/chat/completions", "openai-chat")]
    [InlineData("https://api.cohere.com/v2/rerank", "cohere-other")]
    [InlineData("https://api.cohere.ai/v1/generate", "cohere-other")]
    [InlineData("https://generativelanguage.googleapis.com/upload/v1beta/files", "gemini-other")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/cachedContents/c", "gemini-other")]
    [InlineData("https://API-inference.huggingface.co:443/models/m", "huggingface")]
    [InlineData("https://huggingface.co/api/models/m", null)]
    [InlineData(
        "https://bedrock-agent-runtime.eu-west-1.amazonaws.com/agents/a/agentAliases/b/sessions/c/text",
        "bedrock-other"
    )]
    [InlineData("https://bedrock-mantle.eu-west-1.api.aws/v1/models", "bedrock-other")]
    [InlineData("https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/count-tokens", "bedrock-other")]
    [InlineData("https://sourcegraph.example.com/.api/completions/stream", "other-llm")]
    [InlineData("https://api.writer.com/v1/chat", "other-llm")]
    [InlineData("https://openrouter.ai/api/v1/models", "other-llm")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/openai/models", "openai-other")]
    [InlineData("https://openrouter.ai/api/v1/chat/completions", "openai-chat")]
    public void The_host_names_what_the_path_does_not(string url, string? api) =>
        Assert.Equal(api, Identify("POST", url));

    [Theory]
    [InlineData("publishers/google/models/text-embedding-004:predict", "vertex-predict", "text-embedding-004")]
    [InlineData("publishers/mistralai/models/m:rawPredict", "vertex-predict", "m")]
    [InlineData("publishers/anthropic/models/claude-3@1:rawPredict", "anthropic-messages", "claude-3@1")]
    [InlineData("publishers/google/models/gemini-2.0-flash:countTokens", "gemini-other", "gemini-2.0-flash")]
    public void A_path_of_Vertex_names_the_model(string path, string api, string model)
    {
        var url = $"https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/{path}";
        var operation = ApiOperation.Of(new Uri(url).AbsolutePath, "POST", url);

        Assert.Equal((api, model), (operation.Api, operation.Model));
    }

    private static string? Identify(string method, string url) =>
        ApiOperation.Of(new Uri(url).AbsolutePath, method, url).Api;
}
