namespace OpenAICassette.Replay;

/// <summary>
/// The requests that were received, the last ones at most: a journal must not grow for ever. Its limit counts all that
/// it keeps.
/// </summary>
internal sealed class RequestJournal
{
    private const int MostRequests = 10_000;
    private const long MostBytes = 64L << 20;

    private readonly Queue<ReceivedRequest> _requests = new();
    private readonly Lock _lock = new();
    private long _bytes;
    private int _received;
    private int _lost;

    /// <summary>How many requests there were in all.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>How many requests should have been recorded and were not.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>The requests that are kept, in the order in which they came.</summary>
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

    /// <summary>Counts a request that was not recorded.</summary>
    public void CountLost() => Interlocked.Increment(ref _lost);

    /// <summary>Enters a request.</summary>
    public ReceivedRequest Enter(Matching.ApiRequest request)
    {
        lock (_lock)
        {
            var entry = new ReceivedRequest(++_received, request);
            _requests.Enqueue(entry);
            _bytes += entry.Bytes;
            Trim();
            return entry;
        }
    }

    /// <summary>Adds to an entry why no recording answers the request.</summary>
    public void Explain(ReceivedRequest entry, MissReport report)
    {
        lock (_lock)
        {
            var before = entry.Bytes;
            entry.Miss = report;

            // The oldest entry that is kept tells whether this one still is.
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
