using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>
/// Real recordings, asked for by their own requests, each compared with what another parser reads in its file.
/// </summary>
public class CorpusAnswerTests
{
    private static readonly int s_least = SharedData.Least(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_stream_comes_in_the_framing_of_its_API(bool overHttp)
    {
        var streams = 0;
        await AskAllAsync(overHttp, async (interaction, file, answer) =>
        {
            if (!interaction.IsStreaming || interaction.HasError)
            {
                return;
            }

            var chunks = file.GetProperty("response").GetProperty("body").EnumerateArray().ToList();
            var body = await answer.Content.ReadAsStringAsync();
            streams++;
            if (chunks.TrueForAll(chunk => chunk.ValueKind == JsonValueKind.String))
            {
                Assert.Equal(string.Concat(chunks.Select(chunk => chunk.GetString() + "\n")).TrimEnd(), body.TrimEnd());
                Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
                return;
            }

            var isOllama = interaction.Endpoint!.StartsWith("/api/", StringComparison.Ordinal);
            var frames = body.Split(isOllama ? "\n" : "\n\n");
            Assert.Equal(string.Empty, frames[^1]);
            var isDone = frames[^2] == "data: [DONE]";
            Assert.Equal(chunks[^1].Unwrapped().Member("choices") is not null, isDone);
            var data = frames[..^(isDone ? 2 : 1)]
                .Select(frame =>
                    isOllama
                        ? frame
                        : frame.Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal))[6..]
                );
            Assert.Equal(chunks.Count, data.Count());
            Assert.All(data.Zip(chunks), pair =>
                Assert.True(
                    JsonNode.DeepEquals(
                        JsonNode.Parse(pair.First),
                        JsonNode.Parse(pair.Second.Unwrapped().GetRawText())
                    )
                )
            );
            Assert.Equal(
                isOllama ? "application/x-ndjson" : "text/event-stream",
                answer.Content.Headers.ContentType?.MediaType
            );
        });
        Assert.True(streams >= s_least, $"only {streams} streams");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_error_comes_with_its_status_and_body(bool overHttp)
    {
        var errors = 0;
        await AskAllAsync(overHttp, async (interaction, file, answer) =>
        {
            var data = file.GetProperty("response").Member("exception_data");
            if (
                !interaction.HasError
                || interaction.ChunkCount > 0
                || data?.Member("status_code") is not { ValueKind: JsonValueKind.Number } status
            )
            {
                return;
            }

            errors++;
            Assert.Equal(status.GetInt32(), (int)answer.StatusCode);
            var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"];
            if (data.Member("body") is { ValueKind: JsonValueKind.Object } body && body.Member("error") is null)
            {
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body.GetRawText()), error));
            }
        });
        Assert.True(errors >= SharedData.Least(2), $"only {errors} errors");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_other_answer_is_what_was_recorded(bool overHttp)
    {
        var bodies = 0;
        await AskAllAsync(overHttp, async (interaction, file, answer) =>
        {
            var recorded = file.GetProperty("response").GetProperty("body");
            if (
                interaction.IsStreaming
                || interaction.HasError
                || recorded.ValueKind != JsonValueKind.Object
                || interaction.Endpoint!.EndsWith("/embeddings", StringComparison.Ordinal)
            )
            {
                return;
            }

            bodies++;
            var received = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
            Assert.True(
                JsonNode.DeepEquals(JsonNode.Parse(recorded.Unwrapped().GetRawText()), received),
                interaction.ToString()
            );
        });
        Assert.True(bodies >= s_least, $"only {bodies} bodies");
    }

    /// <summary>
    /// Asks for each recording by its own request and its cassette's name; it must be that one that answers.
    /// </summary>
    private static async Task AskAllAsync(
        bool overHttp,
        Func<Interaction, JsonElement, HttpResponseMessage, Task> check
    )
    {
        var cassettes = CassetteStore
            .Load(CassetteStore.Find(SharedData.Recordings, recurse: true))
            .Select(load => load.Cassette)
            .OfType<Cassette>()
            .ToList();
        await using var transport = new ReplayTransport(overHttp, cassettes);
        foreach (
            var interaction in cassettes
                .SelectMany(cassette => cassette.Interactions)
                .Where(interaction =>
                    interaction.Endpoint is not null
                    && !interaction.Endpoint.EndsWith("/models", StringComparison.Ordinal)
                    && !interaction.Endpoint.EndsWith("/tags", StringComparison.Ordinal)
                )
        )
        {
            var cassette = interaction.Cassette;
            using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(cassette.Path!));
            using var answer = await transport.AskAsync(
                interaction.Request.Body.ToString(),
                interaction.Endpoint!,
                ("x-cassette", cassette.RelativePath)
            );
            Assert.Equal(
                cassette.RelativePath,
                Uri.UnescapeDataString(Assert.Single(answer.Headers.GetValues("x-cassette")))
            );
            await check(interaction, file.RootElement, answer);
        }
    }
}
