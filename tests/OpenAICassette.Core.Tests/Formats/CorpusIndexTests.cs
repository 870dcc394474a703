using System.Text.Json;

namespace OpenAICassette.Tests;

public class CorpusIndexTests
{
    [Fact]
    public void Every_recording_lists_the_method_URL_endpoint_model_and_test_that_another_parser_reads() =>
        Corpus.All(
            (cassette, file) =>
            {
                var interaction = Assert.Single(cassette.Interactions);
                var request = file.GetProperty("request");
                var url = request.Member("url").Text();
                Assert.Equal("LlamaStack", cassette.Format);
                Assert.Equal(request.Member("method").Text(), interaction.Method);
                Assert.Equal(url, interaction.Url);
                Assert.Equal(
                    request.Member("endpoint").Text() ?? (url is null ? null : new Uri(url).AbsolutePath),
                    interaction.Endpoint
                );
                Assert.Equal(
                    (
                        request.Member("model").Text()
                        ?? request.Member("body").Member("model").Text()
                        ?? request.Member("payload").Member("model").Text()
                    )
                        is { Length: > 0 } model
                        ? model
                        : null,
                    interaction.Model
                );
                Assert.Equal(file.Member("test_id").Text() ?? request.Member("test_id").Text(), interaction.TestId);
                Assert.Equal(interaction.Model, cassette.Model);
                Assert.Equal(interaction.Endpoint, cassette.Endpoint);
                Assert.Equal(interaction.TestId, cassette.TestId);
            }
        );

    [Fact]
    public void Every_recording_lists_whether_it_is_a_stream_and_of_how_many_chunks() =>
        Corpus.All(
            (cassette, file) =>
            {
                var interaction = Assert.Single(cassette.Interactions);
                var response = file.GetProperty("response");
                var isStreaming = response.GetProperty("is_streaming").GetBoolean();
                Assert.Equal(isStreaming, interaction.IsStreaming);
                Assert.Equal(isStreaming, cassette.IsStreaming);
                Assert.Equal(isStreaming ? CountChunks(response.GetProperty("body")) : 0, interaction.ChunkCount);
                Assert.Equal(interaction.ChunkCount, interaction.Chunks.Count);
                Assert.Equal(interaction.ChunkCount, cassette.Chunks);
                Assert.Equal(
                    Enumerable.Range(0, interaction.ChunkCount),
                    interaction.Chunks.Select(chunk => chunk.Index)
                );
            }
        );

    [Fact]
    public void Every_chunk_of_every_recording_is_the_one_that_another_parser_reads_without_its_label() =>
        Corpus.All(
            (cassette, file) =>
            {
                var body = file.GetProperty("response").GetProperty("body");
                if (cassette.IsStreaming == true && body[0].ValueKind == JsonValueKind.Object)
                {
                    Assert.Equal(
                        body.EnumerateArray()
                            .Select(chunk => (chunk.Member("__type__").Text(), chunk.Unwrapped().GetRawText())),
                        cassette.Interactions[0].Chunks.Select(chunk => (chunk.Type, chunk.Data.ToString()))
                    );
                }
            }
        );

    [Fact]
    public void Every_request_and_response_is_the_one_that_another_parser_reads() =>
        Corpus.All(
            (cassette, file) =>
            {
                var document = cassette.Read();
                JsonComparison.AssertSame(
                    file.GetProperty("request"),
                    cassette.Interactions[0].Envelope.Request,
                    document
                );
                JsonComparison.AssertSame(
                    file.GetProperty("response"),
                    cassette.Interactions[0].Envelope.Response,
                    document
                );
            }
        );

    /// <summary>The elements, or, of lines of server-sent events, the runs of lines between blank ones.</summary>
    private static int CountChunks(JsonElement body)
    {
        var elements = body.EnumerateArray().ToList();
        return elements.All(element => element.ValueKind == JsonValueKind.String)
            ? string.Join('\n', elements.Select(element => element.GetString()))
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Count(text => text.Trim('\n').Length > 0)
            : elements.Count;
    }
}
