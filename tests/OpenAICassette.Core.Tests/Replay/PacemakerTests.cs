using System.Diagnostics;
using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

/// <summary>Waits of paced answers: none ends before its time, and each ends.</summary>
public class PacemakerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_forever = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(3)]
    [InlineData(130)]
    public async Task A_wait_ends_and_not_before_its_time(int milliseconds)
    {
        var start = Stopwatch.GetTimestamp();
        Assert.True(
            await new Pacemaker()
                .WaitAsync(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None)
                .AsTask()
                .WaitAsync(s_patience)
        );
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(milliseconds - 1));
    }

    [Fact]
    public async Task Many_waits_at_once_end_whatever_their_order()
    {
        var pacemaker = new Pacemaker();
        var waits = Enumerable
            .Range(0, 300)
            .Select(number =>
                pacemaker.WaitAsync(TimeSpan.FromMilliseconds(number * 37 % 50), CancellationToken.None).AsTask()
            );
        Assert.All(await Task.WhenAll(waits).WaitAsync(s_patience), Assert.True);
    }

    [Fact]
    public async Task A_shorter_wait_does_not_wait_for_a_longer_one_that_came_before_it()
    {
        using var end = new CancellationTokenSource();
        var pacemaker = new Pacemaker();
        var longer = pacemaker.WaitAsync(s_forever, end.Token).AsTask();
        Assert.True(
            await pacemaker
                .WaitAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None)
                .AsTask()
                .WaitAsync(s_patience)
        );
        Assert.False(longer.IsCompleted);
        await end.CancelAsync();
        Assert.False(await longer.WaitAsync(s_patience));
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_before_it_begins_is_over() =>
        Assert.False(
            await new Pacemaker()
                .WaitAsync(s_forever, new CancellationToken(canceled: true))
                .AsTask()
                .WaitAsync(s_patience)
        );

    [Fact]
    public async Task A_short_wait_that_is_cancelled_is_over_and_others_go_on()
    {
        using var end = new CancellationTokenSource();
        var pacemaker = new Pacemaker();
        var cancelled = pacemaker.WaitAsync(TimeSpan.FromMilliseconds(90), end.Token).AsTask();
        var other = pacemaker.WaitAsync(TimeSpan.FromMilliseconds(95), CancellationToken.None).AsTask();
        await end.CancelAsync();
        await cancelled.WaitAsync(s_patience);
        Assert.True(await other.WaitAsync(s_patience));
    }

    [Fact]
    public async Task One_wait_serves_again_and_again_until_it_is_cancelled()
    {
        using var end = new CancellationTokenSource();
        using var wait = new Pacemaker().Begin(end.Token);
        for (var number = 0; number < 50; number++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.True(await wait.WaitAsync(TimeSpan.FromMilliseconds(2)).AsTask().WaitAsync(s_patience));
            Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(1));
        }

        var last = wait.WaitAsync(s_forever).AsTask();
        await end.CancelAsync();
        Assert.False(await last.WaitAsync(s_patience));
        Assert.False(await wait.WaitAsync(s_forever).AsTask().WaitAsync(s_patience));
    }

    [Fact]
    public async Task Each_wait_ends_once_when_cancelled_at_the_moment_it_is_due()
    {
        var pacemaker = new Pacemaker();
        for (var number = 0; number < 200; number++)
        {
            using var end = new CancellationTokenSource();
            using var wait = pacemaker.Begin(end.Token);
            var waiting = wait.WaitAsync(TimeSpan.FromMilliseconds(number % 3)).AsTask();
            await Task.WhenAll(end.CancelAsync(), waiting).WaitAsync(s_patience);
        }
    }
}
