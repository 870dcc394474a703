using OpenAICassette.Apis;

namespace OpenAICassette.Tests;

public class OperationTests
{
    [Theory]
    [InlineData("/v1/chat/completions", "chat/completions")]
    [InlineData("/v1/v1/chat/completions", "chat/completions")]
    [InlineData("/chat/completions", "chat/completions")]
    [InlineData("/openai/v1/chat/completions", "chat/completions")]
    [InlineData("/api/v1/chat/completions", "chat/completions")]
    [InlineData("/api/chat/completions", "chat/completions")]
    [InlineData("/some/proxy/base/v1/chat/completions", "chat/completions")]
    [InlineData("//v1//chat/completions/", "chat/completions")]
    [InlineData("/serving-endpoints/chat/completions", "chat/completions")]
    [InlineData("/v1/completions", "completions")]
    [InlineData("/v1/embeddings", "embeddings")]
    [InlineData("/v1/responses", "responses")]
    [InlineData("/v1/responses/resp_1/input_items", "responses/resp_1/input_items")]
    [InlineData("/v1/messages", "messages")]
    [InlineData("/anthropic/v1/messages/count_tokens", "messages/count_tokens")]
    [InlineData("/v1beta/models", "models")]
    [InlineData("/v1/models/gpt-4o", "models/gpt-4o")]
    [InlineData("/v1/models/meta/llama", "models/meta/llama")]
    [InlineData("/v1/models/v2", "models/v2")]
    [InlineData("/v1alpha2/models", "models")]
    [InlineData("/api/chat", "api/chat")]
    [InlineData("/ollama/api/chat", "api/chat")]
    [InlineData("/api/generate", "api/generate")]
    [InlineData("/api/embed", "api/embed")]
    [InlineData("/api/tags", "api/tags")]
    [InlineData("/api/ps", "api/ps")]
    [InlineData("/v1/something/else", "something/else")]
    [InlineData("/", "")]
    [InlineData("", "")]
    public void A_path_asks_for_an_operation(string path, string operation) =>
        Assert.Equal((operation, null), NameAndDeployment(path));

    [Theory]
    [InlineData("/openai/deployments/gpt-4o/chat/completions", "chat/completions", "gpt-4o")]
    [InlineData("/base/openai/deployments/gpt-4o/chat/completions", "chat/completions", "gpt-4o")]
    [InlineData("/openai/deployments/my%20model/embeddings", "embeddings", "my model")]
    [InlineData("/openai/deployments/chat/chat/completions", "chat/completions", "chat")]
    [InlineData("/v1/engines/davinci/completions", "completions", "davinci")]
    public void A_path_may_name_the_model(string path, string operation, string deployment) =>
        Assert.Equal((operation, deployment), NameAndDeployment(path));

    [Theory]
    [InlineData("/openai/responses", "responses")]
    [InlineData("/openai/v1/responses", "responses")]
    [InlineData("/openai/deployments", "deployments")]
    public void Azure_also_has_paths_without_a_deployment(string path, string operation) =>
        Assert.Equal((operation, null), NameAndDeployment(path));

    [Theory]
    [InlineData("/openai/deployments/m/chat/completions?api-version=2024-10-21", """{"messages":[]}""", true)]
    [InlineData(
        "/openai/deployments/m/chat/completions?api-version=2024-10-21",
        """{"messages":[],"model":"m"}""",
        true
    )]
    [InlineData(
        "/openai/deployments/m/chat/completions?api-version=2025-01-01-preview",
        """{"messages":[],"model":"m"}""",
        false
    )]
    [InlineData("/v1/chat/completions?api-version=2024-10-21", """{"messages":[],"model":"m"}""", true)]
    [InlineData("/openai/deployments/n/chat/completions?api-version=2024-10-21", """{"messages":[]}""", false)]
    [InlineData(
        "/openai/deployments/n/chat/completions?api-version=2024-10-21",
        """{"messages":[],"model":"m"}""",
        true
    )]
    public void A_deployment_is_the_model_where_the_body_names_none(string target, string body, bool matches)
    {
        var recorded = new BuiltMatcher(new MatchOptions { Strict = true }).Add(
            """{"messages":[]}""",
            "/openai/deployments/m/chat/completions?api-version=2024-10-21"
        );
        Assert.Equal(matches, recorded.Matches(BuiltMatcher.Request(body, target)));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/v1/chat/completions")]
    [InlineData("http://localhost:11434/v1/chat/completions")]
    [InlineData("https://masked.example.com/serving-endpoints/v1/chat/completions")]
    public void Where_it_was_recorded_does_not_count(string url)
    {
        var matcher = new BuiltMatcher(new MatchOptions { Strict = true }).Add("""{"model":"m"}""", url);
        Assert.True(matcher.Matches(BuiltMatcher.Request("""{"model":"m"}""", "/v1/chat/completions")));
        Assert.True(matcher.Matches(BuiltMatcher.Request("""{"model":"m"}""", "/my/base/v1/v1/chat/completions")));
        Assert.False(matcher.Matches(BuiltMatcher.Request("""{"model":"m"}""", "/v1/completions")));
        Assert.False(matcher.Matches(BuiltMatcher.Request("""{"model":"m"}""", "/api/chat")));
    }

    [Fact]
    public void A_query_tells_requests_apart_but_not_by_its_order_or_its_key()
    {
        var matcher = new BuiltMatcher(new MatchOptions { Strict = true }).Add(
            "{}",
            "/v1/models?limit=10&after=a%20b&api-version=1",
            "GET"
        );
        Assert.True(
            matcher.Matches(
                BuiltMatcher.Request(
                    "",
                    "/v1/models?api-version=1&after=a%20b&limit=10&key=" + PlantedKey.Of("google-api-key"),
                    "GET"
                )
            )
        );
        var miss = matcher.Explain(BuiltMatcher.Request("", "/v1/models?limit=20", "GET"));
        Assert.Equal("query: recorded 'limit=10&after=a%20b&api-version=1', got 'limit=20'", miss.Reason);
    }

    [Theory]
    [InlineData("/v1/files?limit=1&_=1001", true)]
    [InlineData("/v1/files?nocache=7&limit=1", true)]
    [InlineData("/v1/files?limit=1&api-version=2", false)]
    public void What_keeps_caches_away_does_not_count_unless_matching_is_strict(string target, bool matches)
    {
        var request = BuiltMatcher.Request("", target, "GET");
        Assert.Equal(matches, new BuiltMatcher().Add("{}", "/v1/files?limit=1&_=5", "GET").Matches(request));
        var strict = new BuiltMatcher(new MatchOptions { Strict = true });
        Assert.False(strict.Add("{}", "/v1/files?limit=1&_=5", "GET").Matches(request));
    }

    [Fact]
    public void A_query_that_was_not_recorded_is_missed()
    {
        var matcher = new BuiltMatcher()
            .Add("{}", "/v1/files?limit=10", "GET")
            .Add("{}", "/v1/batches", "GET", details: "{}");
        Assert.True(matcher.Matches(BuiltMatcher.Request("", "/v1/files?limit=10", "GET")));
        Assert.Equal(
            "query: recorded 'limit=10', got 'limit=10&after=a'",
            matcher.Explain(BuiltMatcher.Request("", "/v1/files?limit=10&after=a", "GET")).Reason
        );
        Assert.False(matcher.Matches(BuiltMatcher.Request("", "/v1/files", "GET")));
        Assert.False(matcher.Matches(BuiltMatcher.Request("", "/v1/batches?after=a", "GET")));
    }

    [Fact]
    public void A_recorder_that_keeps_no_queries_still_answers_them()
    {
        var cassette = CassetteStore.Open(
            """{"test_id":null,"request":{"method":"POST","url":"http://localhost/v1/v1/models","headers":{},"body":{},"endpoint":"/v1/models","model":""},"response":{"body":[],"is_streaming":false}}"""u8.ToArray(),
            CassetteOrigin.OfMemory("a.json")
        );
        Assert.True(new BuiltMatcher().Add(cassette).Matches(BuiltMatcher.Request("", "/v1/models?limit=20", "GET")));
    }

    [Theory]
    [InlineData("POST", "GET", true)]
    [InlineData("POST", "HEAD", true)]
    [InlineData("GET", "POST", true)]
    [InlineData("DELETE", "DELETE", true)]
    [InlineData("POST", "DELETE", false)]
    [InlineData("DELETE", "GET", false)]
    public void A_method_counts_only_where_it_is_an_unusual_one_for_recorders_write_POST_for_everything(
        string recorded,
        string received,
        bool matches
    )
    {
        var matcher = new BuiltMatcher().Add("{}", "/v1/files/f1", recorded);
        Assert.Equal(matches, matcher.Matches(BuiltMatcher.Request("", "/v1/files/f1", received)));
        if (!matches && received == "DELETE")
        {
            Assert.Equal(
                "method: recorded POST, got DELETE",
                matcher.Explain(BuiltMatcher.Request("", "/v1/files/f1", received)).Reason
            );
        }
    }

    private static (string Name, string? Deployment) NameAndDeployment(string path)
    {
        var operation = ApiOperation.Of(path);
        return (operation.Name, operation.Deployment);
    }
}
