using OpenAICassette.Formats;

namespace OpenAICassette.Tests;

/// <summary>When progress is told, and what it says.</summary>
public class ProgressMeterTests
{
    [Fact]
    public void Nothing_is_told_or_counted_in_the_first_second_and_then_only_a_few_times_a_second()
    {
        var clock = new Clock();
        var told = new List<WorkProgress>();
        var counted = 0;
        var meter = new ProgressMeter(
            told.Add,
            () =>
            {
                Interlocked.Increment(ref counted);
                return 100;
            },
            clock
        );
        for (var i = 0; i < 9; i++)
        {
            clock.Milliseconds += 100;
            meter.Add();
        }

        Assert.Equal((0, 0, false), (told.Count, counted, meter.IsTold));
        for (var i = 0; i < 11; i++)
        {
            clock.Milliseconds += 100;
            meter.Add();
        }

        Assert.Equal([10, 13, 16, 19], told.Select(progress => progress.Done));
        Assert.Equal((20, true), (meter.Done, meter.IsTold));
    }

    [Fact]
    public void Rate_part_and_time_left_follow_from_the_total()
    {
        var progress = new WorkProgress(50, 200, TimeSpan.FromSeconds(5));
        Assert.Equal((10, 25, TimeSpan.FromSeconds(15)), (progress.Rate, progress.Percent, progress.Left));
        Assert.Equal("50 of 200 files, 10 per second", progress.ToString());
    }

    [Fact]
    public void Without_a_total_there_is_only_a_rate()
    {
        var progress = new WorkProgress(1, null, TimeSpan.FromSeconds(4));
        Assert.Equal((null, null), (progress.Percent, progress.Left));
        Assert.Equal("1 file, 0 per second", progress.ToString());
    }

    [Fact]
    public void More_files_than_were_counted_are_not_more_than_all()
    {
        var progress = new WorkProgress(7, 5, TimeSpan.FromSeconds(1));
        Assert.Equal((100, TimeSpan.Zero), (progress.Percent, progress.Left));
    }

    private sealed class Clock : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }
}
