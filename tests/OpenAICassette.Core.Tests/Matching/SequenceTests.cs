namespace OpenAICassette.Tests;

public class SequenceTests
{
    private const string Body = """{"model":"m","messages":[]}""";

    [Theory]
    [InlineData(PlaySequence.Repeat, "a b c c c c c")]
    [InlineData(PlaySequence.Once, "a b c - - - -")]
    [InlineData(PlaySequence.Cycle, "a b c a b c a")]
    public void Several_recordings_of_one_request_are_played_in_path_order_and_then(
        PlaySequence sequence,
        string played
    ) => Assert.Equal(played, Play(Matcher(sequence).Add(Body).Add(Body).Add(Body), 7));

    [Theory]
    [InlineData(PlaySequence.Repeat, "a a a")]
    [InlineData(PlaySequence.Once, "a - -")]
    [InlineData(PlaySequence.Cycle, "a a a")]
    public void One_recording_is_played_so(PlaySequence sequence, string played) =>
        Assert.Equal(played, Play(Matcher(sequence).Add(Body), 3));

    [Fact]
    public void What_was_recorded_first_is_played_first_whatever_it_is_called()
    {
        var matcher = Matcher(PlaySequence.Once)
            .Add(Body, details: """{"recorded_at":"2026-03-01T10:00:02Z","ordinal":1}""")
            .Add(Body, details: """{"recorded_at":"2026-03-01T10:00:01Z","ordinal":2}""")
            .Add(Body, details: """{"recorded_at":"2026-03-01T10:00:01Z","ordinal":1}""")
            .Add(Body, details: """{"recorded_at":"2026-03-01T11:00:00.5+02:00","ordinal":9}""");
        Assert.Equal("d c b a", Play(matcher, 4));
    }

    [Fact]
    public void Recordings_without_a_time_stay_in_path_order() =>
        Assert.Equal(
            "a b c d",
            Play(
                Matcher(PlaySequence.Once)
                    .Add(Body)
                    .Add(Body, details: """{"ordinal":3}""")
                    .Add(Body, details: "{}")
                    .Add(Body),
                4
            )
        );

    [Fact]
    public void Requests_written_in_several_ways_use_up_the_same_recordings()
    {
        var matcher = Matcher(PlaySequence.Once).Add(Body).Add(Body).Add(Body);
        Assert.Equal("a.json", matcher.Play(Body));
        Assert.Equal("b.json", matcher.Play("""{"seed":5,"messages":[],"model":"m"}"""));
        Assert.Equal("c.json", matcher.Play("""{"messages":[],"model":"m"}"""));
        Assert.Null(matcher.Play("""{"model":"m","messages":[],"user":"u"}"""));
    }

    [Fact]
    public void A_recording_that_was_asked_for_by_name_is_used_up_for_all()
    {
        var matcher = Matcher(PlaySequence.Once).Add(Body).Add(Body);
        Assert.Equal("a.json", matcher.Play(BuiltMatcher.Request(Body) with { Cassette = "a" }));
        Assert.Equal("b.json", matcher.Play(Body));
        Assert.Null(matcher.Play(BuiltMatcher.Request(Body) with { Cassette = "b" }));
    }

    [Fact]
    public void When_all_were_played_the_miss_says_so()
    {
        var matcher = Matcher(PlaySequence.Once).Add(Body).Add(Body);
        Play(matcher, 2);
        var miss = matcher.Explain(Body);
        Assert.Equal("already played (2 of 2); each recording is played once", miss.Reason);
        Assert.Empty(miss.Differences);
    }

    [Theory]
    [InlineData(PlaySequence.Once)]
    [InlineData(PlaySequence.Cycle)]
    public void Requests_at_the_same_time_get_each_recording_once(PlaySequence sequence)
    {
        const int count = 200;
        var matcher = Matcher(sequence);
        for (var i = 0; i < count; i++)
        {
            matcher.Add(Body, name: $"{i:d3}.json");
        }

        // Half of them ask in the recorded words, half with a member that does not count.
        string[] bodies = [Body, """{"model":"m","messages":[],"seed":1}"""];
        var some = sequence == PlaySequence.Cycle ? bodies[..1] : bodies;
        var played = Enumerable
            .Range(0, count)
            .AsParallel()
            .WithDegreeOfParallelism(8)
            .Select(i => matcher.Play(some[i % some.Length]))
            .ToList();
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i:d3}.json"), played.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_request_costs_no_more_with_a_hundred_thousand_recordings()
    {
        static long Work(int recordings)
        {
            var matcher = new BuiltMatcher();
            for (var i = 0; i < recordings; i++)
            {
                matcher.Add($$"""{"model":"m","n":{{i}}}""", name: "n.json");
            }

            var requests = Enumerable
                .Range(0, 100)
                .Select(i => BuiltMatcher.Request($$"""{"n":{{i * (recordings / 100)}},"model":"m","seed":{{i}}}"""))
                .ToList();
            Assert.All(requests, request => Assert.True(matcher.Matches(request)));

            // The work that a search through them would do shows in what it allocates to read them.
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(requests.Count, requests.Count(matcher.Matches));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var few = Work(100);
        Assert.InRange(Work(100_000), few / 2, few * 2);
    }

    private static BuiltMatcher Matcher(PlaySequence sequence) => new(new MatchOptions { Sequence = sequence });

    private static string Play(BuiltMatcher matcher, int requests) =>
        string.Join(' ', Enumerable.Range(0, requests).Select(_ => matcher.Play(Body)?[..1] ?? "-"));
}
