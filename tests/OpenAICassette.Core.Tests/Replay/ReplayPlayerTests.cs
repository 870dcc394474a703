using System.Text.Json;

namespace OpenAICassette.Tests;

public class ReplayPlayerTests
{
    [Fact]
    public async Task The_example_replays_chunk_by_chunk_in_order()
    {
        var interaction = CassetteStore.Open(Repository.Capitals).Interactions[0];
        var events = await PlayAsync(interaction, ReplayPace.None);
        Assert.Equal(Enumerable.Range(0, 28), events.Select(played => played.Index));
        Assert.Equal(
            "THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS AND THE BROOKLYN NETS.",
            string.Concat(events)
        );
        Assert.All(events, played => Assert.Equal(interaction, played.Interaction));
        Assert.All(events, played => Assert.Equal(TimeSpan.Zero, played.Offset));
        Assert.Equal(("assistant", "", null), (events[0].Role, events[0].Text, events[0].FinishReason));
        Assert.Equal((null, "THE", null), (events[1].Role, events[1].Text, events[1].FinishReason));
        Assert.Equal("stop", events[^1].FinishReason);
    }

    [Fact]
    public async Task An_event_tells_of_its_tool_calls_and_token_counts()
    {
        var events = await PlayAsync(Open("head/responses/recordings", "e73b8fbb6fe7"), ReplayPace.None);
        var names = events.SelectMany(played => played.ToolCalls).Where(call => call.Name is not null).ToList();
        Assert.Equal([(0, "file_search"), (1, "file_search")], names.Select(call => (call.Index, call.Name!)));
        Assert.All(names, call => Assert.NotNull(call.Id));
        Assert.Equal(
            """{"query": "sales"}""",
            string.Concat(
                events
                    .SelectMany(played => played.ToolCalls)
                    .Where(call => call.Index == 1)
                    .Select(call => call.Arguments)
            )
        );
        Assert.Equal((54, 44), (events[^1].Usage!.PromptTokens, events[^1].Usage!.CompletionTokens));
    }

    [Fact]
    public void Every_recording_replays_as_many_events_as_it_has_chunks_or_one() =>
        Corpus.All(
            (cassette, file) =>
            {
                var interaction = cassette.Interactions[0];
                var response = file.GetProperty("response");
                var isError =
                    response.Member("is_exception") is not null
                    || (response.Member("status")?.GetInt32() ?? 200) >= 400;
                var (events, error) = PlayToEndAsync(interaction).GetAwaiter().GetResult();
                Assert.Equal(
                    interaction.IsStreaming ? interaction.ChunkCount
                        : isError ? 0
                        : 1,
                    events.Count
                );
                Assert.Equal(isError, error is not null);
                Assert.Equal(Enumerable.Range(0, events.Count), events.Select(played => played.Index));
                Assert.All(events, played =>
                    Assert.Equal(played.Data.ToString(), (played.Chunk?.Data ?? played.Data).ToString())
                );
            }
        );

    [Fact]
    public async Task A_response_that_is_no_stream_is_one_event()
    {
        var played = Assert.Single(await PlayAsync(Open("head/safety/recordings", "b55fca3e0b79"), ReplayPace.None));
        Assert.Null(played.Chunk);
        Assert.Equal("chat.completion", played.Data["object"].Text);
        Assert.Equal(played.Data["choices"][0]["message"]["content"].Text, played.Text);
        var models = Assert.Single(
            await PlayAsync(
                Open(
                    "head/common/recordings",
                    "models-64a2277c90f0f42576f60c1030e3a020403d34a95f56931b792d5939f4cebc57-8e70"
                ),
                ReplayPace.None
            )
        );
        Assert.Equal((JsonValueKind.Array, 2), (models.Data.Kind, models.Data.Count));
    }

    [Fact]
    public async Task A_recorded_error_is_thrown_as_it_was_recorded()
    {
        var interaction = Open("head/responses/recordings", "f300a8b24123");
        var error = await Assert.ThrowsAsync<RecordedErrorException>(() => PlayAsync(interaction, ReplayPace.None));
        Assert.Equal((400, "BadRequestError"), (error.Error.Status, error.Error.Type));
        Assert.Equal($"400 BadRequestError: {error.Error.Message}", error.Message);
        Assert.Same(interaction, error.Interaction);
    }

    [Fact]
    public async Task An_error_that_ended_a_stream_is_thrown_after_its_events()
    {
        var cassette = BuiltCassette.Of(
            new
            {
                body = new[] { new { choices = new[] { new { index = 0, delta = new { content = "Hel" } } } } },
                is_streaming = true,
                is_exception = true,
                exception_data = new
                {
                    category = "provider_sdk",
                    type = "APIError",
                    message = "cut off",
                    status_code = 500,
                },
            }
        );
        var (events, error) = await PlayToEndAsync(cassette.Interactions[0]);
        Assert.Equal("Hel", Assert.Single(events).Text);
        Assert.Equal("500 APIError: cut off", error!.Error.ToString());
    }

    private static Interaction Open(string folder, string name) =>
        CassetteStore.Open(SharedData.Era(folder, name)).Interactions[0];

    private static async Task<List<ReplayEvent>> PlayAsync(Interaction interaction, ReplayPace pace)
    {
        var events = new List<ReplayEvent>();
        await foreach (var played in ReplayPlayer.PlayAsync(interaction, pace))
        {
            events.Add(played);
        }

        return events;
    }

    private static async Task<(List<ReplayEvent> Events, RecordedErrorException? Error)> PlayToEndAsync(
        Interaction interaction
    )
    {
        var events = new List<ReplayEvent>();
        try
        {
            await foreach (var played in ReplayPlayer.PlayAsync(interaction, ReplayPace.None))
            {
                events.Add(played);
            }

            return (events, null);
        }
        catch (RecordedErrorException e)
        {
            return (events, e);
        }
    }
}
