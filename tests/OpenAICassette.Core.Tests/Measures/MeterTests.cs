using OpenAICassette.Measures;

namespace OpenAICassette.Tests;

/// <summary>Sums over built cassettes: groups, prices and repeats.</summary>
public class MeterTests
{
    private const string Usage =
        """{"prompt_tokens":1000,"completion_tokens":200,"prompt_tokens_details":{"cached_tokens":400},"completion_tokens_details":{"reasoning_tokens":50}}""";

    [Theory]
    [InlineData(MeasureGroup.Model, "m")]
    [InlineData(MeasureGroup.Endpoint, "/v1/chat/completions")]
    [InlineData(MeasureGroup.Format, "LlamaStack")]
    [InlineData(MeasureGroup.TestId, "")]
    [InlineData(MeasureGroup.Day, "")]
    public void A_group_has_the_name_of_what_its_cassettes_have_in_common(MeasureGroup group, string name)
    {
        var sum = Assert.Single(Measure(new CassetteMeter(group), Chat("m", "a"), Chat("m", "b")));
        Assert.Equal(
            (name, 2, 2, 0, 2000L, 400L, 800L, 100L),
            (
                sum.Name,
                sum.Files,
                sum.Interactions,
                sum.Chunks,
                sum.PromptTokens,
                sum.CompletionTokens,
                sum.CachedTokens,
                sum.ReasoningTokens
            )
        );
    }

    [Fact]
    public void Groups_are_given_by_name_and_cassettes_that_name_none_have_an_empty_one()
    {
        var sums = Measure(
            new CassetteMeter(MeasureGroup.Model),
            Chat("b", "x"),
            Chat("B", "x"),
            Chat(null, "x"),
            Chat("a", "x")
        );
        Assert.Equal(["", "B", "a", "b"], sums.Select(sum => sum.Name));
    }

    [Fact]
    public void Groups_of_several_criteria_have_a_key_for_each_and_are_sorted_by_the_first()
    {
        var sums = Measure(
            new CassetteMeter([MeasureGroup.Model, MeasureGroup.Format]),
            Chat("m-2", "x"),
            Chat("m", "x"),
            Chat("m", "y")
        );
        Assert.Equal(["m, LlamaStack", "m-2, LlamaStack"], sums.Select(sum => sum.Name));
        Assert.Equal(["m", "LlamaStack"], sums.First().Keys);
        Assert.Equal([2, 1], sums.Select(sum => sum.Files));
    }

    [Fact]
    public void Without_a_cassette_there_is_nothing_to_tell() =>
        Assert.Empty(new CassetteMeter(MeasureGroup.Model).Measures);

    [Fact]
    public void The_cost_counts_each_kind_of_token_by_the_million()
    {
        var prices = new Dictionary<string, TokenPrice> { ["m"] = new(2.5m, 10m, 1.25m), ["n"] = new(2.5m, 10m) };
        var sums = Measure(
            new CassetteMeter(MeasureGroup.Model, prices.GetValueOrDefault),
            Chat("m", "a"),
            Chat("m", "b"),
            Chat("n", "a"),
            Chat("o", "a")
        );
        Assert.Equal(
            [
                (600 * 2.5m + 400 * 1.25m + 200 * 10m) * 2 / 1_000_000m,
                (1000 * 2.5m + 200 * 10m) / 1_000_000m,
                (decimal?)null,
            ],
            sums.Select(sum => sum.Cost)
        );
    }

    [Fact]
    public void The_cost_of_several_models_in_one_group_is_by_the_price_of_each()
    {
        var meter = new CassetteMeter(MeasureGroup.Format, model =>
            model == "m" ? new TokenPrice(1000m, 0m) : new TokenPrice(0m, 1000m)
        );
        Assert.Equal(1.0m + 0.2m, Assert.Single(Measure(meter, Chat("m", "a"), Chat("n", "a"))).Cost);
    }

    [Fact]
    public void A_request_is_a_duplicate_of_one_before_it_in_whatever_group_and_layout()
    {
        var spaced = BuiltCassette.Open(
            """{"request":{"method":"POST","url":"u","body":{"model":"m", "a" : 1}},"response":{"body":null}}"""
        );
        var minified = BuiltCassette.Open(
            """{"test_id":"t","response":{"body":1},"request":{"body":{"model":"m","a":1},"url":"u","method":"POST"}}"""
        );
        var other = BuiltCassette.Open(
            """{"request":{"method":"POST","url":"v","body":{"model":"m","a":1}},"response":{"body":null}}"""
        );
        var sums = Measure(new CassetteMeter(MeasureGroup.TestId), spaced, other, minified, spaced);
        Assert.Equal([("", 1), ("t", 1)], sums.Select(sum => (sum.Name, sum.Duplicates)));
    }

    private static IReadOnlyCollection<CassetteMeasure> Measure(CassetteMeter meter, params Cassette[] cassettes)
    {
        foreach (var cassette in cassettes)
        {
            meter.Add(CassetteMeter.Read(cassette));
        }

        return meter.Measures;
    }

    private static Cassette Chat(string? model, string prompt) =>
        BuiltCassette.Open(
            $$"""
            {"request":{"method":"POST","url":"https://h/v1/chat/completions","body":{ {{(
                model is null ? "" : $"\"model\":\"{model}\","
            )}} "messages":[{"role":"user","content":"{{prompt}}"}]} },
             "response":{"body":{"choices":[],"usage":{{Usage}} },"is_streaming":false} }
            """
        );
}
