using System.Diagnostics;

namespace OpenAICassette.Replay;

/// <summary>
/// Wakes paced answers on time. The runtime's timers tick every few milliseconds, which is about the time between two
/// tokens; here one thread sleeps until the next answer is due, however many there are.
/// </summary>
internal sealed class Pacemaker
{
    /// <summary>Of longer waits, only the end is timed here; the rest uses the runtime's timers.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(10);

    private readonly PriorityQueue<TaskCompletionSource<bool>, long> _waiting = new();
    private bool _isRunning;

    /// <summary>Gets the instance of this process.</summary>
    public static Pacemaker Shared { get; } = new();

    /// <summary>Waits.</summary>
    /// <param name="time">The time to wait.</param>
    /// <param name="cancellation">Ends the wait early.</param>
    /// <returns>False if the wait ended early.</returns>
    public async ValueTask<bool> WaitAsync(TimeSpan time, CancellationToken cancellation)
    {
        var due = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        if (time > s_short)
        {
            await Task.Delay(time - (s_short / 2), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (cancellation.IsCancellationRequested)
        {
            return false;
        }

        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ended = cancellation.UnsafeRegister(
            static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false),
            waiter
        );
        Add(waiter, due);
        return await waiter.Task.ConfigureAwait(false);
    }

    private void Add(TaskCompletionSource<bool> waiter, long due)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(waiter, due);
            if (!_isRunning)
            {
                _isRunning = true;
                new Thread(Run)
                {
                    IsBackground = true,
                    Name = "cassette pacemaker",
                    Priority = ThreadPriority.AboveNormal,
                }.Start();
            }
            else if (ReferenceEquals(_waiting.Peek(), waiter))
            {
                Monitor.Pulse(_waiting);
            }
        }
    }

    private void Run()
    {
        lock (_waiting)
        {
            while (true)
            {
                while (_waiting.TryPeek(out var next, out var due) && due <= Stopwatch.GetTimestamp())
                {
                    _waiting.Dequeue();
                    next.TrySetResult(true);
                }

                var isWaited = _waiting.TryPeek(out _, out var then);
                var wait = isWaited
                    ? TimeSpan.FromMilliseconds(
                        Math.Ceiling(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), then).TotalMilliseconds)
                    )
                    : s_idle;
                if (!Monitor.Wait(_waiting, wait) && !isWaited && _waiting.Count == 0)
                {
                    _isRunning = false;
                    return;
                }
            }
        }
    }
}
