using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAI.Embeddings;

namespace OpenAICassette.Tests;

/// <summary>The OpenAI SDK for .NET asks for recorded embeddings.</summary>
public class DotNetEmbeddingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Embeddings_are_those_of_the_cassette(bool overHttp) => CheckAsync(overHttp, async (client, call) =>
        {
            using var content = BinaryContent.Create(BinaryData.FromString(call.Body.ToJsonString()));
            var result = await client.GenerateEmbeddingsAsync(content, new RequestOptions());
            return ModelReaderWriter.Read<OpenAIEmbeddingCollection>(result.GetRawResponse().Content)!;
        });

    /// <summary>The SDK asks for base64, which few recorders keep.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Embeddings_that_the_SDK_asks_for_as_base64_are_those_of_the_cassette(bool overHttp) =>
        CheckAsync(
            overHttp,
            async (client, call) =>
            {
                var body = call.Body;
                var options = new EmbeddingGenerationOptions { Dimensions = body["dimensions"]?.GetValue<int>() };
                return body["input"] is JsonArray inputs
                    ? await client.GenerateEmbeddingsAsync(inputs.Select(input => input!.GetValue<string>()), options)
                    : ModelReaderWriter.Read<OpenAIEmbeddingCollection>(
                        (await client.GenerateEmbeddingAsync(body["input"]!.GetValue<string>(), options))
                            .GetRawResponse()
                            .Content
                    )!;
            },
            call => call.Body["input"] is not JsonArray { Count: 0 }
        );

    [Fact]
    public Task Embeddings_that_were_recorded_as_base64_are_numbers_for_a_client_that_asks_for_numbers() =>
        CheckAsync(overHttp: true, async (client, call) =>
        {
            var body = call.Body;
            body["encoding_format"] = "float";
            using var content = BinaryContent.Create(BinaryData.FromString(body.ToJsonString()));
            var result = await client.GenerateEmbeddingsAsync(content, new RequestOptions());
            var json = result.GetRawResponse().Content;
            using var document = JsonDocument.Parse(json);
            Assert.DoesNotContain(document.RootElement.GetProperty("data").EnumerateArray(), item =>
                item.GetProperty("embedding").ValueKind != JsonValueKind.Array
            );
            return ModelReaderWriter.Read<OpenAIEmbeddingCollection>(json)!;
        });

    private static async Task CheckAsync(
        bool overHttp,
        Func<EmbeddingClient, RecordedCall, Task<OpenAIEmbeddingCollection>> ask,
        Func<RecordedCall, bool>? isSent = null
    )
    {
        using var api = ReplayedApi.Open(SharedData.Recordings, overHttp);
        var calls = RecordedCall.All("/v1/embeddings").Where(isSent ?? (_ => true)).ToList();
        await EachRecording.CheckAsync(calls, async call =>
        {
            var client = new EmbeddingClient(call.Model, ReplayedApi.Credential, api.Options(call.Cassette));
            var embeddings = await ask(client, call);
            Assert.Equal(call.Embeddings, embeddings.Select(one => one.ToFloats().ToArray()));
        });
        Assert.InRange(calls.Count, SharedData.Least(10), int.MaxValue);
    }
}
