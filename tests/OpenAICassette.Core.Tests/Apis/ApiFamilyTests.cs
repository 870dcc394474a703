using System.Text;
using System.Text.Json;
using OpenAICassette.Apis;

namespace OpenAICassette.Tests;

/// <summary>
/// What is common to all families: names of operations, and that no two take the same value for theirs.
/// </summary>
public class ApiFamilyTests
{
    [Theory]
    [InlineData("/v1/chat/completions", "openai-chat")]
    [InlineData("/openai/deployments/m/chat/completions", "openai-chat")]
    [InlineData("/v1/completions", "openai-completions")]
    [InlineData("/v1/responses", "openai-responses")]
    [InlineData("/v1/embeddings", "openai-embeddings")]
    [InlineData("/v1/images/generations", "openai-images")]
    [InlineData("/v1/audio/speech", "openai-audio")]
    [InlineData("/v1/models/llama3:8b", "openai-other")]
    [InlineData("/v1/messages", "anthropic-messages")]
    [InlineData("/v1/messages/count_tokens", "anthropic-other")]
    [InlineData(
        "/v1/projects/p/locations/l/publishers/anthropic/models/claude-sonnet-4-5@20250929:streamRawPredict",
        "anthropic-messages"
    )]
    [InlineData("/models/chat/completions", "openai-chat")]
    [InlineData("/v1beta/models/gemini-2.5-flash:streamGenerateContent", "gemini")]
    [InlineData("/v1/projects/p/locations/l/publishers/google/models/gemini-2.5-flash:generateContent", "gemini")]
    [InlineData("/v1beta/models/gemini-embedding-001:batchEmbedContents", "gemini-embeddings")]
    [InlineData("/v1beta/interactions", "gemini-other")]
    [InlineData("/api/chat", "ollama")]
    [InlineData("/api/embed", "ollama-embeddings")]
    [InlineData("/v2/chat", "cohere-chat")]
    [InlineData("/model/m/converse", "bedrock-converse")]
    [InlineData("/model/arn%3Aaws%3Abedrock%2Fm/converse-stream", "bedrock-converse")]
    [InlineData("/model/m/invoke", "bedrock-invoke")]
    [InlineData("/v1/something/else", null)]
    public void An_operation_has_a_name(string path, string? api) => Assert.Equal(api, ApiOperation.Of(path).Api);

    [Fact]
    public void A_path_of_Bedrock_names_the_model()
    {
        var operation = ApiOperation.Of("/model/arn%3Aaws%3Abedrock%2Fm/converse");
        Assert.Equal(("converse", "arn:aws:bedrock/m"), (operation.Name, operation.Deployment));
    }

    [Theory]
    [InlineData("/v1/chat/completions", "api.openai.com")]
    [InlineData("/v1/unknown", "api.openai.com")]
    [InlineData("/v1/messages", "api.anthropic.com")]
    [InlineData("/v1beta/models/gemini-2.5-flash:generateContent", "generativelanguage.googleapis.com")]
    [InlineData("/v1beta/interactions", "generativelanguage.googleapis.com")]
    [InlineData("/api/chat", "127.0.0.1")]
    [InlineData("/v2/chat", "api.cohere.com")]
    [InlineData("/model/m/converse", "bedrock-runtime.us-east-1.amazonaws.com")]
    public void An_operation_has_a_service(string path, string host) =>
        Assert.Equal(host, ApiOperation.Of(path).Family.Upstream.Host);

    [SharedDataFact]
    public void Operations_are_called_as_an_independent_reader_calls_them()
    {
        var listed = Path.Join(SharedData.Recordings, "..", "foreign", "public.jsonl");
        string[] known =
        [
            "openai-chat",
            "openai-completions",
            "openai-responses",
            "openai-embeddings",
            "anthropic-messages",
            "gemini",
            "gemini-embeddings",
            "ollama",
            "ollama-embeddings",
            "cohere-chat",
            "bedrock-converse",
            "bedrock-invoke",
        ];
        var other = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(listed))
        {
            using var file = JsonDocument.Parse(line);
            foreach (var interaction in file.RootElement.Member("interactions").Elements())
            {
                var (api, path) = (interaction.Member("api").Text(), interaction.Member("path").Text());
                if (api is not null && path is not null && known.Contains(api))
                {
                    count++;
                    other.AddRange(
                        ApiOperation.Of(path).Api is var ours && ours == api ? [] : [$"{path}: {ours}, not {api}"]
                    );
                }
            }
        }

        Assert.InRange(count, 1000, int.MaxValue);
        Assert.Empty(other.Distinct());
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""", "openai", nameof(ResponseShape.Chunk))]
    [InlineData("""{"choices":[{"message":{"content":"a"}}]}""", "openai", nameof(ResponseShape.Whole))]
    [InlineData("""{"choices":[{"text":"a"}]}""", "openai", nameof(ResponseShape.Either))]
    [InlineData("""{"choices":[],"usage":{}}""", "openai", nameof(ResponseShape.Either))]
    [InlineData("""{"type":"response.created","response":{}}""", "openai", nameof(ResponseShape.Chunk))]
    [InlineData("""{"object":"response","output":[]}""", "openai", nameof(ResponseShape.Whole))]
    [InlineData("""{"type":"content_block_delta","delta":{}}""", "anthropic", nameof(ResponseShape.Chunk))]
    [InlineData("""{"type":"message","role":"assistant","content":[]}""", "anthropic", nameof(ResponseShape.Whole))]
    [InlineData("""{"candidates":[]}""", "gemini", nameof(ResponseShape.Either))]
    [InlineData("""{"event_type":"content.delta"}""", "gemini", nameof(ResponseShape.Chunk))]
    [InlineData("""{"object":"interaction"}""", "gemini", nameof(ResponseShape.Whole))]
    [InlineData(
        """{"done":false,"message":{"role":"assistant","content":"a"}}""",
        "ollama",
        nameof(ResponseShape.Chunk)
    )]
    [InlineData("""{"type":"content-delta","delta":{}}""", "cohere", nameof(ResponseShape.Chunk))]
    [InlineData(
        """{"message":{"role":"assistant"},"finish_reason":"COMPLETE"}""",
        "cohere",
        nameof(ResponseShape.Whole)
    )]
    [InlineData("""{"contentBlockDelta":{"delta":{}}}""", "bedrock", nameof(ResponseShape.Chunk))]
    [InlineData("""{"output":{"message":{}},"stopReason":"end_turn"}""", "bedrock", nameof(ResponseShape.Whole))]
    public void A_value_is_of_one_family_only(string json, string name, string shape)
    {
        var data = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json));
        var type = data["type"].Text;
        var family = Assert.Single(ApiFamilies.All, family => family.ShapeOf(data, type) != ResponseShape.None);
        Assert.Equal((name, shape), (family.Name, family.ShapeOf(data, type).ToString()));
    }

    [Fact]
    public void A_value_of_no_family_has_no_shape()
    {
        Assert.Null(
            ApiFamilies.Of(
                JsonValue.ParseOrUndefined("""{"message":"no","metadata":{"a":1},"output":[]}"""u8.ToArray()),
                out var shape
            )
        );
        Assert.Equal(ResponseShape.None, shape);
    }
}
