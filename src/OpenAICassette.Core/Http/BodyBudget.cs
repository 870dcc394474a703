namespace OpenAICassette.Http;

/// <summary>
/// How many bytes of bodies a whole server may hold at once: of requests, as sent and as decoded, and of answers that
/// are recorded.
/// </summary>
/// <param name="limit">How many bytes.</param>
internal sealed class BodyBudget(long limit)
{
    private long _held;

    /// <summary>How many bytes there may be.</summary>
    public long Limit { get; } = limit;

    /// <summary>How many bytes there are.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes a share.</summary>
    /// <param name="bytes">How many bytes.</param>
    /// <returns>False when that would be too many; then nothing is taken.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= Limit)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    /// <summary>Gives a share back.</summary>
    /// <param name="bytes">How many bytes.</param>
    public void Give(long bytes) => Interlocked.Add(ref _held, -bytes);
}
