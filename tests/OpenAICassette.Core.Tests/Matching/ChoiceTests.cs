namespace OpenAICassette.Tests;

/// <summary>A request may name the test that asks, or a cassette.</summary>
public class ChoiceTests
{
    private const string Body = """{"model":"m"}""";
    private readonly BuiltMatcher _matcher = new BuiltMatcher()
        .Add(Body, name: "one.json", testId: "t::one")
        .Add(Body, name: "two.json", testId: "t::two")
        .Add(Body, name: "none.json");

    [Theory]
    [InlineData("t::one", null, "one.json")]
    [InlineData("t::two", null, "two.json")]
    [InlineData(null, "two.json", "two.json")]
    [InlineData(null, "two", "two.json")]
    [InlineData("t::two", "two", "two.json")]
    [InlineData("t::one", "two", null)]
    [InlineData("t::three", null, null)]
    [InlineData(null, "three.json", null)]
    [InlineData(null, "TWO.json", null)]
    [InlineData(null, "tw", null)]
    public void Only_the_recordings_that_a_request_names_answer_it(string? test, string? cassette, string? played)
    {
        var request = BuiltMatcher.Request(Body) with { TestId = test, Cassette = cassette };
        Assert.Equal(played, _matcher.Play(request));
        Assert.Equal(played, _matcher.Play(request));
    }

    [Fact]
    public void A_request_that_names_nothing_is_answered_by_all_in_turn() =>
        Assert.Equal(
            ["one.json", "two.json", "none.json", "none.json"],
            Enumerable.Range(0, 4).Select(_ => _matcher.Play(Body))
        );

    [Theory]
    [InlineData("t::three", null, "the request names the test 't::three', but no recording is from that test")]
    [InlineData(null, "three.json", "the request names the cassette 'three.json', but no cassette has that name")]
    [InlineData("t::one", "three.json", "the request names the cassette 'three.json', but no cassette has that name")]
    [InlineData("t::one", "two", "the request names the test 't::one', but no recording is from that test")]
    public void A_name_that_nothing_has_is_told(string? test, string? cassette, string reason)
    {
        var miss = _matcher.Explain(BuiltMatcher.Request(Body) with { TestId = test, Cassette = cassette });
        Assert.Equal(reason, miss.Reason);
        Assert.Null(miss.Nearest);
        Assert.Equal($"no recording matches POST {BuiltMatcher.Chat}: {reason}", miss.Message);
    }

    [Fact]
    public void The_nearest_recording_is_one_of_those_that_the_request_names()
    {
        var miss = _matcher.Explain(BuiltMatcher.Request("""{"model":"n"}""") with { TestId = "t::two" });
        Assert.Equal("two.json", miss.Nearest?.Cassette.RelativePath);
    }

    [Fact]
    public void The_test_that_recorded_it_does_not_count_for_a_client_that_does_not_name_one() =>
        Assert.True(new BuiltMatcher(new MatchOptions { Strict = true }).Add(Body, testId: "t").Matches(Body));
}
