namespace OpenAICassette.Tests;

public class ReplayPaceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Without_a_pace_every_event_is_due_at_once(int index) =>
        Assert.Equal(TimeSpan.Zero, ReplayPace.None.Due(index));

    [Theory]
    [InlineData(1, 0, 400)]
    [InlineData(1, 40, 1400)]
    [InlineData(2, 0, 200)]
    [InlineData(2, 40, 700)]
    [InlineData(0.5, 1, 850)]
    public void A_speed_scales_the_nominal_times(double speed, int index, double milliseconds) =>
        Assert.Equal(
            milliseconds,
            new ReplayPace { Speed = speed }
                .Due(index)
                .TotalMilliseconds,
            6
        );

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(25, 2500)]
    public void A_rate_alone_begins_at_once(int index, double milliseconds) =>
        Assert.Equal(
            milliseconds,
            new ReplayPace { TokensPerSecond = 10 }
                .Due(index)
                .TotalMilliseconds,
            6
        );

    [Fact]
    public void A_time_to_the_first_token_alone_delays_all_events_alike()
    {
        var pace = new ReplayPace { TimeToFirstToken = TimeSpan.FromSeconds(3) };
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), (pace.Due(0), pace.Due(9)));
    }

    [Fact]
    public void A_rate_and_a_first_time_win_over_a_speed()
    {
        var pace = new ReplayPace
        {
            Speed = 100,
            TokensPerSecond = 2,
            TimeToFirstToken = TimeSpan.FromSeconds(1),
        };
        Assert.Equal(TimeSpan.FromSeconds(2.5), pace.Due(3));
    }

    [Fact]
    public void A_boundless_speed_has_no_delay() =>
        Assert.Equal(TimeSpan.Zero, new ReplayPace { Speed = double.PositiveInfinity }.Due(100));
}
