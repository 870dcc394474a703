using System.Diagnostics;

namespace OpenAICassette.Replay;

/// <summary>
/// Wakes paced answers on time. The runtime's timers tick every few milliseconds, which is about the time between two
/// tokens; here one thread sleeps until the next answer is due, however many there are.
/// </summary>
internal sealed class Pacemaker
{
    /// <summary>The longest sleep, after which a thread with nothing to wait for ends.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(10);

    private readonly PriorityQueue<PacedWait, long> _waiting = new();
    private bool _isRunning;

    /// <summary>Gets the instance of this process.</summary>
    public static Pacemaker Shared { get; } = new();

    /// <summary>Returns what an answer waits with, again and again.</summary>
    /// <param name="cancellation">Ends a wait early.</param>
    public PacedWait Begin(CancellationToken cancellation) => new(this, cancellation);

    /// <summary>Waits once.</summary>
    /// <param name="time">The time to wait.</param>
    /// <param name="cancellation">Ends the wait early.</param>
    /// <returns>False if the wait ended early.</returns>
    public async ValueTask<bool> WaitAsync(TimeSpan time, CancellationToken cancellation)
    {
        using var wait = Begin(cancellation);
        return await wait.WaitAsync(time).ConfigureAwait(false);
    }

    /// <summary>Adds a wait, to be ended when it is due.</summary>
    public void Add(PacedWait wait, long due)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(wait, due);
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
            else if (ReferenceEquals(_waiting.Peek(), wait))
            {
                Monitor.Pulse(_waiting);
            }
        }
    }

    /// <summary>Removes a wait before it is due.</summary>
    /// <returns>False if it is due already.</returns>
    public bool Remove(PacedWait wait)
    {
        lock (_waiting)
        {
            return _waiting.Remove(wait, out _, out _);
        }
    }

    private void Run()
    {
        var due = new List<PacedWait>();
        while (TakeDue(due))
        {
            // Without the lock, which answers that begin to wait need.
            foreach (var wait in due)
            {
                wait.End();
            }

            due.Clear();
        }
    }

    /// <summary>Sleeps until waits are due and takes them.</summary>
    /// <returns>False if there was nothing to wait for, for so long that the thread ends.</returns>
    private bool TakeDue(List<PacedWait> due)
    {
        lock (_waiting)
        {
            while (true)
            {
                while (_waiting.TryPeek(out _, out var at) && at <= Stopwatch.GetTimestamp())
                {
                    due.Add(_waiting.Dequeue());
                }

                if (due.Count > 0)
                {
                    return true;
                }

                var isWaited = _waiting.TryPeek(out _, out var then);
                var sleep = isWaited ? Until(then) : s_idle;
                if (!Monitor.Wait(_waiting, sleep < s_idle ? sleep : s_idle) && !isWaited && _waiting.Count == 0)
                {
                    _isRunning = false;
                    return false;
                }
            }
        }
    }

    /// <summary>Returns the time until a timestamp, in whole milliseconds and never too short.</summary>
    private static TimeSpan Until(long due) =>
        TimeSpan.FromMilliseconds(
            Math.Ceiling(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due).TotalMilliseconds)
        );
}
