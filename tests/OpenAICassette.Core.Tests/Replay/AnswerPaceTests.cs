using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

/// <summary>When the frames of an answer are due. No clock is looked at.</summary>
public class AnswerPaceTests
{
    private static readonly double[] s_none = [];
    private static readonly double[] s_recorded = [300, 350, 500];

    [Fact]
    public void Without_a_pace_all_is_due_at_once_and_sent_whole()
    {
        Assert.Equal([0, 0, 0, 0], Due(ReplayPace.None, s_recorded));
        Assert.True(AnswerScript.IsPlain(Answer(s_recorded), ReplayPace.None, null));
        Assert.False(AnswerScript.IsPlain(Answer(s_recorded), new ReplayPace { Speed = 1 }, null));
        Assert.True(
            AnswerScript.IsPlain(Answer(s_recorded) with { IsStream = false }, new ReplayPace { Speed = 1 }, null)
        );
    }

    [Fact]
    public void Recorded_times_are_kept_or_divided_by_the_speed()
    {
        Assert.Equal([300, 350, 500, 500], Due(new ReplayPace { Speed = 1 }, s_recorded));
        Assert.Equal([150, 175, 250, 250], Due(new ReplayPace { Speed = 2 }, s_recorded));
    }

    [Fact]
    public void A_recording_without_times_has_nominal_ones() =>
        Assert.Equal([200, 212.5, 225, 237.5], Due(new ReplayPace { Speed = 2 }, s_none));

    [Fact]
    public void What_is_given_goes_before_what_was_recorded()
    {
        Assert.Equal([0, 100, 200, 300], Due(new ReplayPace { TokensPerSecond = 10 }, s_recorded));
        Assert.Equal(
            [40, 40, 40, 40],
            Due(new ReplayPace { TimeToFirstToken = TimeSpan.FromMilliseconds(40) }, s_recorded)
        );
        Assert.Equal(
            [40, 90, 240, 240],
            Due(new ReplayPace { TimeToFirstToken = TimeSpan.FromMilliseconds(40), Speed = 1 }, s_recorded)
        );
        Assert.Equal([300, 400, 500, 600], Due(new ReplayPace { TokensPerSecond = 10, Speed = 1 }, s_recorded));
    }

    [Fact]
    public void An_answer_that_is_no_stream_waits_only_for_its_first_byte()
    {
        var answer = Answer(s_recorded) with { IsStream = false, Frames = [new byte[1]] };
        Assert.Equal(
            [TimeSpan.FromSeconds(2)],
            AnswerScript
                .Of(answer, new ReplayPace { TimeToFirstToken = TimeSpan.FromSeconds(2), TokensPerSecond = 1 }, null)
                .Select(step => step.Due)
        );
        Assert.Equal(
            [TimeSpan.Zero],
            AnswerScript.Of(answer, new ReplayPace { Speed = 1 }, null).Select(step => step.Due)
        );
    }

    [Fact]
    public void Times_of_a_cassette_are_read_and_odd_ones_are_no_trouble()
    {
        const string stream = """{"is_streaming":true,"body":[{"choices":[]},{"choices":[]},{"choices":[]}]}""";
        WireAnswer Of(string offsets) =>
            WireFormat.Of(
                BuiltMatcher
                    .Cassette("{}", details: $$"""{"chunk_offsets_ms":{{offsets}}}""", response: stream)
                    .Interactions[0]
            );
        Assert.Equal([10, 20.5, 30], Of("[10,20.5,30]").Offsets.Select(offset => offset.TotalMilliseconds));
        Assert.All(["[]", "[-5,-1]", "[5,1,9]", "[\"x\",null,7]", "[1e300]", "{}"], offsets =>
            Assert.All(AnswerScript.Of(Of(offsets), new ReplayPace { Speed = 1 }, null), step =>
                Assert.InRange(step.Due, TimeSpan.Zero, TimeSpan.FromDays(30))
            )
        );
    }

    private static WireAnswer Answer(double[] offsets) =>
        new()
        {
            Headers = [],
            Frames = [.. Enumerable.Range(0, 4).Select(i => (ReadOnlyMemory<byte>)new byte[] { (byte)i })],
            IsStream = true,
            Offsets = [.. offsets.Select(TimeSpan.FromMilliseconds)],
        };

    private static List<double> Due(ReplayPace pace, double[] offsets) =>
        [.. AnswerScript.Of(Answer(offsets), pace, null).Select(step => Math.Round(step.Due.TotalMilliseconds, 3))];
}
