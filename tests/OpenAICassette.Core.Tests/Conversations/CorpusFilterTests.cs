using OpenAICassette.Conversations;

namespace OpenAICassette.Tests;

/// <summary>
/// Which of the public recordings a filter takes, against what another parser says of the same files.
/// </summary>
public class CorpusFilterTests
{
    private static readonly Lazy<List<FilterFacts>> s_facts = new(() => [.. SharedData.Files.Select(FilterFacts.Of)]);

    [Fact]
    public void A_model_takes_the_recordings_that_ask_for_it() =>
        AssertTaken(1, new CassetteFilter { Model = model => model == "gpt-4o" }, facts => facts.Model == "gpt-4o");

    [Fact]
    public void A_recording_that_names_no_model_has_an_empty_one() =>
        AssertTaken(1, new CassetteFilter { Model = model => model.Length == 0 }, facts => facts.Model.Length == 0);

    [Fact]
    public void An_endpoint_takes_the_recordings_that_call_it() =>
        AssertTaken(
            1,
            new CassetteFilter { Endpoint = endpoint => endpoint.EndsWith("/embeddings", StringComparison.Ordinal) },
            facts => facts.Endpoint.EndsWith("/embeddings", StringComparison.Ordinal)
        );

    [Fact]
    public void A_test_takes_the_recordings_that_it_made() =>
        AssertTaken(
            1,
            new CassetteFilter { TestId = test => test.Contains("test_tools", StringComparison.Ordinal) },
            facts => facts.TestId.Contains("test_tools", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Streams_and_other_responses_are_told_apart(bool streaming) =>
        AssertTaken(100, new CassetteFilter { Streaming = streaming }, facts => facts.IsStreaming == streaming);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Calls_that_failed_and_others_are_told_apart(bool failed) =>
        AssertTaken(5, new CassetteFilter { HasError = failed }, facts => facts.HasError == failed);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Responses_that_call_tools_and_others_are_told_apart(bool calls) =>
        AssertTaken(20, new CassetteFilter { HasToolCall = calls }, facts => facts.CallsTool == calls);

    [Fact]
    public void All_conditions_together_take_what_meets_each()
    {
        AssertTaken(
            1,
            new CassetteFilter
            {
                Model = model => model.StartsWith("gpt", StringComparison.Ordinal),
                Endpoint = endpoint => endpoint == "/v1/chat/completions",
                TestId = test => test.Length > 0,
                Streaming = true,
                HasError = false,
                HasToolCall = true,
                Text = "a",
            },
            facts =>
                facts
                    is {
                        IsStreaming: true,
                        HasError: false,
                        CallsTool: true,
                        Endpoint: "/v1/chat/completions",
                        TestId.Length: > 0
                    }
                && facts.Model.StartsWith("gpt", StringComparison.Ordinal)
                && facts.Said.Contains('a', StringComparison.OrdinalIgnoreCase)
        );
        AssertTaken(0, new CassetteFilter { HasToolCall = true, Model = model => model == "no such model" }, _ =>
            false
        );
    }

    [Fact]
    public void Without_a_condition_every_recording_is_taken_and_no_file_needed()
    {
        AssertTaken(545, new CassetteFilter(), _ => true);
        Assert.False(
            new CassetteFilter
            {
                Streaming = true,
                HasError = true,
                Model = _ => true,
            }.NeedsContent
        );
        Assert.True(
            new CassetteFilter { Text = "x" }.NeedsContent && new CassetteFilter { HasToolCall = false }.NeedsContent
        );
    }

    [Theory]
    [InlineData("the CAPITAL of")]
    [InlineData("weather")]
    [InlineData("Saturn")]
    [InlineData("é")]
    [InlineData("É")]
    [InlineData("no such words are said")]
    public void Words_are_found_in_what_was_said_in_chats_in_any_case(string words)
    {
        var chats = s_facts.Value.Where(facts => facts.IsChat).ToList();
        Assert.InRange(chats.Count, SharedData.Least(300), SharedData.Files.Count);
        var filter = new CassetteFilter { Text = words };
        Assert.Equal(
            chats
                .Where(facts => facts.Said.Contains(words, StringComparison.OrdinalIgnoreCase))
                .Select(facts => facts.Path),
            chats.Where(facts => filter.Includes(CassetteStore.Open(facts.Path))).Select(facts => facts.Path)
        );
    }

    [Fact]
    public void Words_that_a_stream_says_over_several_chunks_are_found()
    {
        var streams = s_facts.Value.Where(facts => facts is { IsChat: true, Pieces.Count: > 3 }).ToList();
        Assert.InRange(streams.Count, SharedData.Least(100), SharedData.Files.Count);
        Assert.All(streams, facts =>
        {
            var words = string.Concat(facts.Pieces.Skip(1).Take(3));
            Assert.True(
                new CassetteFilter { Text = words.ToUpperInvariant() }.Includes(CassetteStore.Open(facts.Path)),
                $"{facts.Path}: {words}"
            );
        });
    }

    private static void AssertTaken(int least, CassetteFilter filter, Predicate<FilterFacts> isExpected)
    {
        var taken = CassetteStore
            .Load(CassetteStore.Find(SharedData.Recordings, recurse: true), (cassette, _) => filter.Includes(cassette))
            .Where(loaded => loaded.Result)
            .Select(loaded => loaded.Load.Cassette!.Path)
            .ToList();
        Assert.Equal(s_facts.Value.Where(facts => isExpected(facts)).Select(facts => facts.Path), taken);
        Assert.InRange(taken.Count, SharedData.Least(least), SharedData.Files.Count);
    }
}
