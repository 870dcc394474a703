namespace OpenAICassette.Http;

/// <summary>
/// Represents the deadline of a connection and the kind of wait in one number, so that the sweep for overdue
/// connections claims exactly the wait that it saw and never ends a later one.
/// </summary>
internal sealed class Deadline
{
    private const int WaitBits = 3;

    private long _value;

    /// <summary>Begins a wait.</summary>
    /// <param name="wait">The kind of wait.</param>
    /// <param name="limit">The timeout; negative for none.</param>
    public void Set(Wait wait, TimeSpan limit)
    {
        var due =
            limit < TimeSpan.Zero ? long.MaxValue >> WaitBits : Environment.TickCount64 + (long)limit.TotalMilliseconds;
        Interlocked.Exchange(ref _value, (due << WaitBits) | (long)wait);
    }

    /// <summary>Ends the wait.</summary>
    public void Clear() => Volatile.Write(ref _value, 0);

    /// <summary>Ends the wait if it is overdue, and returns its kind.</summary>
    /// <param name="now">The time in ms of <see cref="Environment.TickCount64"/>.</param>
    public Wait Expire(long now)
    {
        var seen = Volatile.Read(ref _value);
        return seen != 0 && seen >> WaitBits <= now && Claim(seen) ? Of(seen) : Wait.None;
    }

    /// <summary>Ends the wait if it is of one kind.</summary>
    /// <param name="wait">The kind.</param>
    public bool TryEnd(Wait wait)
    {
        var seen = Volatile.Read(ref _value);
        return Of(seen) == wait && Claim(seen);
    }

    private static Wait Of(long value) => (Wait)(value & ((1 << WaitBits) - 1));

    private bool Claim(long seen) => Interlocked.CompareExchange(ref _value, 0, seen) == seen;
}
