namespace OpenAICassette.Tests;

public class ReplayCancellationTests
{
    /// <summary>Far longer than any stop takes, so that only a replay that does not stop fails.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_replay_that_waits_for_its_first_event_can_be_stopped() =>
        Assert.Equal(
            0,
            await EventsBeforeCancelAsync(new ReplayPace { TimeToFirstToken = TimeSpan.FromHours(1) }, cancelAfter: 0)
        );

    [Fact]
    public async Task A_replay_that_waits_between_events_can_be_stopped() =>
        Assert.Equal(1, await EventsBeforeCancelAsync(new ReplayPace { TokensPerSecond = 1.0 / 3600 }, cancelAfter: 1));

    [Fact]
    public async Task A_replay_without_delay_can_be_stopped_after_any_event() =>
        Assert.Equal(3, await EventsBeforeCancelAsync(ReplayPace.None, cancelAfter: 3));

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-300)]
    public async Task A_replay_slower_than_any_timer_waits_and_can_be_stopped(double speed) =>
        Assert.Equal(0, await EventsBeforeCancelAsync(new ReplayPace { Speed = speed }, cancelAfter: 0));

    private static async Task<int> EventsBeforeCancelAsync(ReplayPace pace, int cancelAfter)
    {
        using var cancellation = new CancellationTokenSource();
        var interaction = CassetteStore.Open(Repository.Capitals).Interactions[0];
        var count = 0;
        var playing = Task.Run(async () =>
        {
            await foreach (var _ in ReplayPlayer.PlayAsync(interaction, pace, cancellation.Token))
            {
                if (++count == cancelAfter)
                {
                    await cancellation.CancelAsync();
                }
            }
        });
        if (cancelAfter == 0)
        {
            await Task.WhenAny(playing, Task.Delay(50));
            await cancellation.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing.WaitAsync(s_bound));
        return count;
    }
}
