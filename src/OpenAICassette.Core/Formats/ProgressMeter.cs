namespace OpenAICassette.Formats;

/// <summary>
/// Tells how far work on many files has come: first after a second, then a few times a second. Work that is quick tells
/// nothing and counts nothing.
/// </summary>
/// <param name="tell">Receives the progress, on the thread of the work.</param>
/// <param name="count">Counts the files, on another thread; null if their number stays unknown.</param>
/// <param name="time">The clock; null for that of the system.</param>
internal sealed class ProgressMeter(Action<WorkProgress> tell, Func<int>? count, TimeProvider? time = null)
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _started = (time ?? TimeProvider.System).GetTimestamp();
    private TimeSpan _next = s_first;
    private Task<int>? _total;

    /// <summary>Gets the number of files that are done.</summary>
    public int Done { get; private set; }

    /// <summary>Gets whether anything was told.</summary>
    public bool IsTold { get; private set; }

    /// <summary>Notes that one more file is done.</summary>
    public void Add()
    {
        Done++;
        var elapsed = _time.GetElapsedTime(_started);
        if (elapsed < _next)
        {
            return;
        }

        _next = elapsed + s_every;
        IsTold = true;
        _total ??= count is null ? null : Task.Run(count);
        int? total = _total is { IsCompletedSuccessfully: true } known ? known.Result : null;
        tell(new WorkProgress(Done, total, elapsed));
    }
}
