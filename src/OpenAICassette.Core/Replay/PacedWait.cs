using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace OpenAICassette.Replay;

/// <summary>
/// Represents the waits of one answer, one after another. They allocate nothing: collecting what thousands of streams
/// allocate would delay them.
/// </summary>
internal sealed class PacedWait : IValueTaskSource<bool>, IThreadPoolWorkItem, IDisposable
{
    private readonly Pacemaker _pacemaker;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _cancelled;
    private ManualResetValueTaskSourceCore<bool> _source;
    private bool _isEarly;

    /// <summary>Begins.</summary>
    /// <param name="pacemaker">What ends each wait.</param>
    /// <param name="cancellation">Ends a wait early.</param>
    public PacedWait(Pacemaker pacemaker, CancellationToken cancellation)
    {
        _pacemaker = pacemaker;
        _cancellation = cancellation;
        _cancelled = cancellation.UnsafeRegister(static state => ((PacedWait)state!).EndEarly(), this);
    }

    /// <summary>Waits. The wait before must have ended.</summary>
    /// <param name="time">The time to wait.</param>
    /// <returns>False if the wait ended early.</returns>
    public ValueTask<bool> WaitAsync(TimeSpan time)
    {
        _source.Reset();
        _pacemaker.Add(this, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

        // What was cancelled before it was added was not found there.
        if (_cancellation.IsCancellationRequested)
        {
            EndEarly();
        }

        return new ValueTask<bool>(this, _source.Version);
    }

    /// <summary>Ends the wait, which is no longer among those of the pacemaker.</summary>
    public void End() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <inheritdoc/>
    public void Execute() => _source.SetResult(!_isEarly);

    /// <inheritdoc/>
    public bool GetResult(short token) => _source.GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _source.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    public void Dispose() => _cancelled.Dispose();

    private void EndEarly()
    {
        if (_pacemaker.Remove(this))
        {
            _isEarly = true;
            End();
        }
    }
}
