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
    public void A_version_is_sent_once_and_nothing_is_lost(string upstream, string path, string expected) =>
        Assert.Equal(expected, UpstreamPath.Join(upstream, path));

    [Theory]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/v1/models/a%2Fb..c", false)]
    [InlineData("/v1/...", false)]
    [InlineData("/v1/%252e%252e/x", false)]
    [InlineData("/../..", true)]
    [InlineData("/v1/./x", true)]
    [InlineData("/v1/%2E%2e/x", true)]
    [InlineData("/v1/.%2e%2fx", true)]
    [InlineData("/v1/..%5cx", true)]
    [InlineData("/v1/..;a=b/x", true)]
    public void A_step_upwards_is_seen_however_it_is_written(string path, bool hasDots) =>
        Assert.Equal(hasDots, UpstreamPath.HasDots(path));
}
