using System.Text;
using OpenAICassette.Cassettes;
using OpenAICassette.Conversations;
using OpenAICassette.Measures;

namespace OpenAICassette.Tests;

/// <summary>Nothing assumes that a cassette holds one interaction.</summary>
public sealed class SeveralInteractionsTests
{
    private static readonly Cassette s_two = Cassette("Hello?", "Hi!", "And again?", "Still here.");

    [Fact]
    public void What_all_interactions_share_is_the_cassettes_and_nothing_else_is()
    {
        Assert.Equal((2, "/v1/chat/completions"), (s_two.Interactions.Count, s_two.Endpoint));
        Assert.Null(s_two.Model);
        Assert.Equal("Hi!", ConversationAssembler.Said(s_two));
    }

    [Fact]
    public void A_format_without_extensions_gives_none()
    {
        Assert.Empty(s_two.Interactions[0].Extensions);
        Assert.Null(s_two.Interactions[1].Extension<RecordingEnvelope>());
        Assert.NotNull(BuiltCassette.Of(new { body = 1 }).Interactions[0].Extension<RecordingEnvelope>());
    }

    [Fact]
    public void An_interaction_is_chosen_by_its_position()
    {
        Assert.Same(s_two.Interactions[1], s_two.InteractionAt(1));
        var error = Assert.Throws<CassetteException>(() => s_two.InteractionAt(2));
        Assert.Equal(CassetteError.InteractionNotFound, error.Error);
        Assert.Contains(
            "there is no interaction 2: the cassette has 2 interactions",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Throws<CassetteException>(() => s_two.InteractionAt(-1));
    }

    [Fact]
    public async Task Each_is_replayed()
    {
        foreach (var (interaction, said) in s_two.Interactions.Zip(["Hi!", "Still here."]))
        {
            var text = new StringBuilder();
            await foreach (var played in ReplayPlayer.PlayAsync(interaction, ReplayPace.None))
            {
                text.Append(played.Text);
            }

            Assert.Equal(said, text.ToString());
        }
    }

    [Fact]
    public void Each_has_a_transcript() =>
        Assert.All(s_two.Interactions.Zip(["Hi!", "Still here."]), pair =>
            Assert.Contains(
                pair.Second,
                new Transcript(ConversationAssembler.Assemble(pair.First)).ToString(),
                StringComparison.Ordinal
            )
        );

    [Fact]
    public void Both_count_in_a_measure_of_one_file()
    {
        var meter = new CassetteMeter(MeasureGroup.Endpoint);
        meter.Add(CassetteMeter.Read(s_two));
        var measure = Assert.Single(meter.Measures);
        Assert.Equal((1, 2, 14L), (measure.Files, measure.Interactions, measure.PromptTokens));
    }

    [Fact]
    public void Each_is_compared_with_the_one_at_its_place()
    {
        var other = Cassette("Hello?", "Hi!", "And again?", "Gone.");
        var compared = CassetteComparer.Compare([s_two], [other]).ToList();
        Assert.Equal([0, 1], compared.Select(comparison => comparison.New!.Index));
        Assert.Equal([true, false], compared.Select(comparison => comparison.Differences.Count == 0));
    }

    [Fact]
    public void A_filter_takes_the_cassette_for_either_of_them()
    {
        Assert.True(new CassetteFilter { Model = model => model == "model-1" }.Includes(s_two));
        Assert.True(new CassetteFilter { Text = "Still here" }.Includes(s_two));
        Assert.False(new CassetteFilter { Text = "Nobody" }.Includes(s_two));
    }

    [Fact]
    public async Task Each_answers_its_own_request()
    {
        using var client = new HttpClient(new CassetteMessageHandler([s_two]))
        {
            BaseAddress = new Uri("http://localhost/"),
        };
        foreach (var (index, asked, said) in new[] { (1, "And again?", "Still here."), (0, "Hello?", "Hi!") })
        {
            using var content = new StringContent(Request(index, asked), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("v1/chat/completions", UriKind.Relative), content);
            Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static Cassette Cassette(params string[] texts) =>
        new(
            CassetteSource.OfMemory("{}"u8.ToArray()),
            CassetteOrigin.OfMemory("two.test"),
            "Test",
            texts
                .Chunk(2)
                .Select(
                    (pair, index) =>
                        new InteractionSummary
                        {
                            Method = "POST",
                            Url = "http://localhost/v1/chat/completions",
                            Endpoint = "/v1/chat/completions",
                            Model = $"model-{index}",
                            Views = new GivenViews(
                                Json(Request(index, pair[0])),
                                [Json(Response(pair[1]))],
                                null,
                                isStreaming: false
                            ),
                        }
                )
        );

    private static string Request(int index, string text) =>
        $$"""{"model":"model-{{index}}","messages":[{"role":"user","content":"{{text}}"}]}""";

    private static string Response(string text) =>
        $$$"""
            {"object":"chat.completion","usage":{"prompt_tokens":7,"completion_tokens":2},
             "choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}]}
            """;

    private static JsonValue Json(string text) => JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(text));
}
