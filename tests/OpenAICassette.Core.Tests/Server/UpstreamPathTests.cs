using OpenAICassette.Server;

namespace OpenAICassette.Tests;

public class UpstreamPathTests
{
    [Theory]
    [InlineData("/", "/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/", "/v1/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/", "/chat/completions", "/chat/completions")]
    [InlineData("/", "/openai/deployments/a%2Fb/chat/completions", "/openai/deployments/a%2Fb/chat/completions")]
    [InlineData("/v1", "/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/v1/", "/v1/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/v1", "/chat/completions", "/v1/chat/completions")]
    [InlineData("/api/v1", "/v1/models", "/api/v1/models")]
    [InlineData("/openai", "/openai/deployments/d/chat/completions", "/openai/deployments/d/chat/completions")]
    [InlineData("/openai/v1", "/openai/v1/responses", "/openai/v1/responses")]
    [InlineData("/v1beta/openai", "/v1/chat/completions", "/v1beta/openai/chat/completions")]
    [InlineData("/v1beta/openai/", "/v1beta/openai/chat/completions", "/v1beta/openai/chat/completions")]
    [InlineData("/team-a", "/v1/chat/completions", "/team-a/v1/chat/completions")]
    [InlineData("/ml/v1", "/v1/chat/completions", "/ml/v1/chat/completions")]
    [InlineData("/", "//elsewhere/v1/models", "/elsewhere/v1/models")]
    public void A_version_is_sent_once_and_nothing_is_lost(string upstream, string path, string expected)
        => Assert.Equal(expected, UpstreamPath.Join(upstream, path));
}
