using System.Text.Json;

namespace OpenAICassette.Tests;

public class RequestShapeTests
{
    [Fact]
    public void An_SDK_call_has_its_arguments_as_body()
    {
        var interaction = CassetteStore.Open(Repository.Capitals).Interactions[0];
        Assert.Equal("POST", interaction.Method);
        Assert.Equal("https://api.openai.com/v1/v1/chat/completions", interaction.Url);
        Assert.Equal("/v1/chat/completions", interaction.Endpoint);
        Assert.Equal("gpt-4o", interaction.Model);
        Assert.Null(interaction.TestId);
        Assert.Equal(4, interaction.Request.Body.Json["messages"].Count);
        Assert.Equal(JsonValueKind.Object, interaction.Envelope.Request["headers"].Kind);
    }

    [Fact]
    public void Raw_HTTP_has_its_payload_as_body_and_its_endpoint_from_the_URL()
    {
        var interaction = Open("head/messages/recordings", "2a5f7014ddf9");
        Assert.Equal("/v1/messages", interaction.Endpoint);
        Assert.Equal("gpt-oss:20b", interaction.Model);
        Assert.Equal("Hi", interaction.Request.Body.Json["messages"][0]["content"].Text);
        Assert.StartsWith("tests/integration/messages/", interaction.TestId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_call_has_its_arguments_as_body_and_no_endpoint()
    {
        var interaction = Open("head/responses/recordings", "661e959c98b8");
        Assert.Null(interaction.Endpoint);
        Assert.Null(interaction.Url);
        Assert.Null(interaction.Model);
        Assert.Equal("web_search", interaction.Request.ToolName);
        Assert.Equal("tavily", interaction.Request.Provider);
        Assert.Equal("latest Python version 2023", interaction.Request.Body.Json["query"].Text);
    }

    [Fact]
    public void A_file_processor_names_its_provider_and_has_no_body()
    {
        var interaction = Open("head/responses/recordings", "268e65efffed");
        var request = interaction.Request;
        Assert.Equal("pypdf", request.Provider);
        Assert.Null(request.ToolName);
        Assert.False(request.Body.Json.Exists);
        Assert.Equal("file_processors", interaction.Envelope.Request["api"].Text);
    }

    [Fact]
    public void A_Vertex_call_has_an_URL_without_a_host_and_its_contents_as_body()
    {
        var interaction = Open("head/responses/recordings", "29403c77d6e7");
        Assert.Equal("vertexai:///generate_content_stream", interaction.Url);
        Assert.Equal("/generate_content_stream", interaction.Endpoint);
        Assert.Equal(
            "What is the weather in Paris?",
            interaction.Request.Body.Json["contents"][0]["parts"][0]["text"].Text
        );
    }

    [Fact]
    public void A_masked_URL_without_a_scheme_stays_as_it_was_written() =>
        Assert.StartsWith(
            "__databricks__/",
            Open("history/2025-09-23_d07ebce4d", "28648cf8d421").Url,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("https://example.com/v1/chat?x=/y#z", "/v1/chat")]
    [InlineData("https://example.com:8080/a%20b", "/a%20b")]
    [InlineData("https://example.com", "")]
    [InlineData("vertexai:///generate_content", "/generate_content")]
    [InlineData("__databricks__/serving-endpoints/v1", "__databricks__/serving-endpoints/v1")]
    [InlineData("https://example.com?next=https://other/x", "")]
    public void An_endpoint_that_was_not_recorded_is_the_path_of_the_URL(string url, string endpoint)
    {
        var cassette = BuiltCassette.Open(
            JsonSerializer.Serialize(new { request = new { url }, response = new { body = 1 } })
        );
        Assert.Equal(endpoint, cassette.Endpoint);
    }

    private static Interaction Open(string folder, string name) =>
        CassetteStore.Open(SharedData.Era(folder, name)).Interactions[0];
}
