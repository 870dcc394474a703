using OpenAICassette.Matching;

namespace OpenAICassette;

/// <summary>Determines which requests get which fault.</summary>
/// <example>
/// <code>
/// var faults = new FaultPlan([Fault.Parse("429"), Fault.Parse("Disconnect@5")]);
/// using var cassette = CassetteSession.Start(new() { Replay = new ReplayOptions { Faults = faults } });
/// </code>
/// </example>
public sealed class FaultPlan
{
    private readonly Fault[] _faults;
    private readonly double? _rate;
    private readonly int _seed;
    private int _requests = -1;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="faults">
    /// The faults. Without a rate the first request gets the first one, and so on; later requests get none.
    /// </param>
    /// <param name="rate">The share of requests, from 0 to 1, that get a random fault.</param>
    /// <param name="seed">The seed; the same seed gives the same requests the same faults.</param>
    public FaultPlan(IEnumerable<Fault> faults, double? rate = null, int seed = 0)
    {
        _faults = [.. faults];
        _rate = rate;
        _seed = seed;
    }

    /// <summary>Returns the fault of the next request; null for none.</summary>
    internal Fault? Next()
    {
        if (_faults.Length == 0)
        {
            return null;
        }

        var request = Interlocked.Increment(ref _requests);
        if (_rate is not { } rate)
        {
            return request < _faults.Length ? _faults[request] : null;
        }

        var chance = Hash128.Of(BitConverter.GetBytes(request), (ulong)_seed);
        return (double)(ulong)(chance >> 64) / ulong.MaxValue < rate
            ? _faults[(int)((ulong)chance % (uint)_faults.Length)]
            : null;
    }
}
