namespace OpenAICassette.Server;

/// <summary>Lets one of several equal requests through at a time: those after it may find that it was recorded meanwhile.</summary>
internal sealed class RequestGates
{
    private readonly Dictionary<(UInt128 Hash, string? Test), Gate> _gates = [];

    /// <summary>Waits until no equal request is under way.</summary>
    /// <param name="hash">The request's hash.</param>
    /// <param name="test">The test that asks; null for none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What lets the next one through.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<IDisposable> EnterAsync(UInt128 hash, string? test, CancellationToken cancellation)
    {
        Gate? gate;
        lock (_gates)
        {
            if (!_gates.TryGetValue((hash, test), out gate))
            {
                _gates[(hash, test)] = gate = new Gate(this, (hash, test));
            }

            gate.Users++;
        }

        try
        {
            await gate.Turn.WaitAsync(cancellation).ConfigureAwait(false);
            return gate;
        }
        catch (OperationCanceledException)
        {
            Leave(gate);
            throw;
        }
    }

    private void Leave(Gate gate)
    {
        lock (_gates)
        {
            if (--gate.Users == 0)
            {
                _gates.Remove(gate.Key);
                gate.Turn.Dispose();
            }
        }
    }

    private sealed class Gate(RequestGates gates, (UInt128 Hash, string? Test) key) : IDisposable
    {
        public (UInt128 Hash, string? Test) Key { get; } = key;

        public SemaphoreSlim Turn { get; } = new(1);

        public int Users { get; set; }

        public void Dispose()
        {
            Turn.Release();
            gates.Leave(this);
        }
    }
}
