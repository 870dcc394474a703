namespace OpenAICassette.Replay;

/// <summary>Keeps the last requests that were received. Its limits bound everything that it keeps.</summary>
internal sealed class RequestJournal
{
    private const int MostRequests = 10_000;
    private const long MostBytes = 64L << 20;

    private readonly Queue<ReceivedRequest> _requests = new();
    private readonly Lock _lock = new();
    private long _bytes;
    private int _received;
    private int _lost;

    /// <summary>Gets the number of all requests.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>Gets the number of requests that should have been recorded and were not.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Gets the requests that are kept, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return _requests.ToArray();
            }
        }
    }

    /// <summary>Gets or sets what returns the name of the test that is running; null if no test is known.</summary>
    public Func<string?>? RunningTest { get; set; }

    /// <summary>Counts a request that was not recorded.</summary>
    public void CountLost() => Interlocked.Increment(ref _lost);

    /// <summary>Forgets the requests. The number of those that were not recorded stays.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            _bytes = 0;
            _received = 0;
        }
    }

    /// <summary>Adds a request.</summary>
    public ReceivedRequest Enter(Matching.ApiRequest request)
    {
        lock (_lock)
        {
            var entry = new ReceivedRequest(++_received, request) { Test = RunningTest?.Invoke() };
            _requests.Enqueue(entry);
            _bytes += entry.Bytes;
            Trim();
            return entry;
        }
    }

    /// <summary>Adds the reason why no recording answers the request.</summary>
    public void Explain(ReceivedRequest entry, MissReport report)
    {
        lock (_lock)
        {
            var before = entry.Bytes;
            entry.Miss = report;

            // The number of the oldest entry shows whether this one is still kept.
            if (_requests.TryPeek(out var oldest) && oldest.Number <= entry.Number)
            {
                _bytes += entry.Bytes - before;
                Trim();
            }
        }
    }

    private void Trim()
    {
        while (_requests.Count > MostRequests || (_bytes > MostBytes && _requests.Count > 1))
        {
            _bytes -= _requests.Dequeue().Bytes;
        }
    }
}
