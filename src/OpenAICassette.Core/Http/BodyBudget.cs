namespace OpenAICassette.Http;

/// <summary>
/// Limits the bytes of all bodies that a server holds: of requests, as sent and as decoded, and of answers that are
/// recorded.
/// </summary>
/// <param name="limit">The limit in bytes.</param>
internal sealed class BodyBudget(long limit)
{
    private long _held;

    /// <summary>Gets the limit.</summary>
    public long Limit { get; } = limit;

    /// <summary>Gets the number of bytes in use.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes a share.</summary>
    /// <param name="bytes">The limit in bytes.</param>
    /// <returns>False if that would exceed the limit; then nothing is taken.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= Limit)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    /// <summary>Returns a share.</summary>
    /// <param name="bytes">The limit in bytes.</param>
    public void Give(long bytes) => Interlocked.Add(ref _held, -bytes);
}
