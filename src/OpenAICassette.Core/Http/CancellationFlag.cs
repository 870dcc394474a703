namespace OpenAICassette.Http;

/// <summary>A cancellation that costs nothing until someone asks for its token.</summary>
internal sealed class CancellationFlag
{
    private CancellationTokenSource? _source;
    private int _isSet;

    /// <summary>Whether it was set.</summary>
    public bool IsSet => Volatile.Read(ref _isSet) != 0;

    /// <summary>Is cancelled when the flag is set.</summary>
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

    /// <summary>Sets it. Those who wait for the token go on elsewhere, not in this call.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            _ = Volatile.Read(ref _source)?.CancelAsync();
        }
    }
}
