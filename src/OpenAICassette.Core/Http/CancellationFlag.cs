namespace OpenAICassette.Http;

/// <summary>Represents a cancellation that costs nothing until its token is requested.</summary>
internal sealed class CancellationFlag
{
    private CancellationTokenSource? _source;
    private int _isSet;

    /// <summary>Gets whether it was set.</summary>
    public bool IsSet => Volatile.Read(ref _isSet) != 0;

    /// <summary>Gets a token that is canceled when the flag is set.</summary>
    public CancellationToken Token
    {
        get
        {
            var source = Volatile.Read(ref _source);
            if (source is null)
            {
                var made = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _source, made, null) ?? made;
                if (IsSet)
                {
                    source.Cancel();
                }
            }

            return source.Token;
        }
    }

    /// <summary>Sets the flag. Callbacks of the token run elsewhere, not in this call.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            _ = Volatile.Read(ref _source)?.CancelAsync();
        }
    }
}
