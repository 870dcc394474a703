using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>
/// Requests whose hash is known from the names of public recordings, from their canonical text and from any other.
/// </summary>
public class VerifiedPairTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [Theory]
    [InlineData(
        """{"body": {}, "endpoint": "/api/ps", "method": "POST"}""",
        "d0ac68cbde69db2d2a2084e4fd2090c49275c53b0860fe0d34cc17f03bcb27e8",
        KeyAlgorithm.H1
    )]
    [InlineData(
        """{"body": {}, "endpoint": "/api/tags", "method": "POST"}""",
        "4a3a4447b16b849579bf601e1a005699745ff17959a85c1761bb8d5d45509e72",
        KeyAlgorithm.H1
    )]
    [InlineData(
        """{"body": {}, "endpoint": "/api/tags", "method": "POST"}""",
        "4a3a4447b16b849579bf601e1a005699745ff17959a85c1761bb8d5d45509e72",
        KeyAlgorithm.H6
    )]
    [InlineData(
        """{"body": {}, "endpoint": "/v1/v1/models", "method": "POST"}""",
        "bd032f995f2af420d1d0934b5c693f078dd62511b2f7342a4b1efe9d2ed94bdf",
        KeyAlgorithm.H1
    )]
    [InlineData(
        """{"body": {}, "endpoint": "/v1/models", "method": "POST"}""",
        "3a641f25d65695766fb77e424273f716b852f371e1e87f6e14fd5672b1ab6005",
        KeyAlgorithm.H1
    )]
    [InlineData(
        """{"body": {}, "endpoint": "/v1/models", "method": "POST"}""",
        "3a641f25d65695766fb77e424273f716b852f371e1e87f6e14fd5672b1ab6005",
        KeyAlgorithm.H6
    )]
    [InlineData(
        """{"body": {}, "endpoint": "/api/ps", "method": "POST", "test_id": null}""",
        "02c93bb3c314427bae2b7a7a6f054792b9f22d2cb4522eab802810be8672d3dc",
        KeyAlgorithm.H6
    )]
    [InlineData(
        """{"body": {}, "endpoint": "/v1/v1/models", "method": "POST", "test_id": null}""",
        "64a2277c90f0f42576f60c1030e3a020403d34a95f56931b792d5939f4cebc57",
        KeyAlgorithm.H6
    )]
    [InlineData(
        """{"body": {}, "endpoint": "/v1beta/openai/v1/models", "method": "POST", "test_id": null}""",
        "d98e7566147f9d534bc0461f2efe61e3f525c18360a07bb3dda397579e25c27b",
        KeyAlgorithm.H2
    )]
    [InlineData(
        """{"body": {"messages": [{"content": "Which planet do humans live on?", "role": "user"}], "model": "databricks-meta-llama-3-3-70b-instruct", "stream": false}, "endpoint": "__databricks__/serving-endpoints/v1/chat/completions", "method": "POST"}""",
        "28648cf8d421036b76ba70b87ee768ee50ae53fbc5ec91d8d2678c99342f5a26",
        KeyAlgorithm.H1
    )]
    [InlineData(
        """{"body": {"messages": [{"content": "Call the no args tool", "role": "user"}], "model": "llama3.2:3b-instruct-fp16", "tools": [{"function": {"description": "Tool with no arguments", "name": "no_args_tool", "parameters": {"properties": {}, "type": "object"}}, "type": "function"}]}, "endpoint": "/v1/v1/chat/completions", "method": "POST", "test_id": "tests/integration/inference/test_tools_with_schemas.py::TestEdgeCases::test_tool_without_schema[txt=ollama/llama3.2:3b-instruct-fp16]"}""",
        "a1e4350b0157d85e74c9f661b2d0510434212d7f36fbc1eddacdaf5a62520dd3",
        KeyAlgorithm.H6
    )]
    [InlineData(
        """{"method": "POST", "payload": {"max_tokens": 16, "messages": [{"content": "Hi", "role": "user"}], "model": "gpt-oss:20b", "stream": false}, "test_id": "tests/integration/messages/test_messages.py::test_messages_response_headers[txt=ollama/gpt-oss:20b]", "url": "http://0.0.0.0:11434/v1/messages"}""",
        "2a5f7014ddf9a3d359fbf59a195e4762d47ef1768f98b2f1c7af55788e7fe6d8",
        KeyAlgorithm.Http6
    )]
    [InlineData(
        """{"kwargs": {"query": "latest Python version 2023"}, "provider": "tavily", "tool_name": "web_search"}""",
        "661e959c98b894f6daf608d415bbf64f6a5a1af0eef8012354886062b9244f7b",
        KeyAlgorithm.Tool
    )]
    public void A_request_has_its_known_key_however_it_is_laid_out(string canonical, string key, KeyAlgorithm algorithm)
    {
        Assert.Equal(key, KeyExpectation.HashOf(canonical));
        byte[] bytes = Encoding.UTF8.GetBytes(canonical);
        Assert.Equal(key, KeyOf(bytes, algorithm));
        Assert.Equal(key, KeyOf(Relaid.OnOneLine(bytes), algorithm));
        Assert.Equal(key, KeyOf(Relaid.Reversed(bytes), algorithm));
        var indented = JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(canonical), s_indented);
        Assert.Equal(key, KeyOf(Relaid.WithCrLf(Encoding.UTF8.GetBytes(indented)), algorithm));
    }

    [Fact]
    public void The_example_has_the_key_of_its_public_name_and_of_no_later_algorithm()
    {
        var interaction = CassetteStore.Open(Repository.Capitals).Interactions[0];
        string Key(KeyAlgorithm algorithm) =>
            RecordingKey.OfCall(
                interaction.Method!,
                interaction.Url!,
                interaction.Request.Body.Json,
                interaction.TestId,
                algorithm
            );
        Assert.Equal("60c9dd312fdc199f48ed7afebc8413a41d5ef0f3d078935ff9ddb27dd076a3bd", Key(KeyAlgorithm.H1));
        Assert.NotEqual(Key(KeyAlgorithm.H1), Key(KeyAlgorithm.H2));
        Assert.Equal(Key(KeyAlgorithm.H7), interaction.Key);
        Assert.Empty(interaction.KeyAlgorithms);
    }

    /// <summary>
    /// The key of a request that is written as the object that is hashed; the host is none of its business.
    /// </summary>
    private static string KeyOf(byte[] hashed, KeyAlgorithm algorithm)
    {
        var request = JsonValue.ParseOrUndefined(hashed);
        var endpoint = request["endpoint"].Text;
        return algorithm switch
        {
            KeyAlgorithm.Tool => RecordingKey.OfTool(
                request["provider"].Text!,
                request["tool_name"].Text!,
                request["kwargs"]
            ),
            KeyAlgorithm.Http6 => RecordingKey.OfHttp(
                "post",
                request["url"].Text!,
                request["payload"],
                request["test_id"].Text,
                algorithm
            ),
            _ => RecordingKey.OfCall(
                "post",
                endpoint![0] == '/' ? $"https://api.example.com:8080{endpoint}?x=1#y" : endpoint,
                request["body"],
                request["test_id"].Text,
                algorithm
            ),
        };
    }
}
