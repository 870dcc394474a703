using System.Buffers;

namespace OpenAICassette.Http;

/// <summary>Collects the body of an upstream's answer with the arrival times of its bytes.</summary>
/// <param name="share">Counts the bytes.</param>
internal sealed class ReceivedBody(BodyShare share)
{
    /// <summary>The maximum length. A longer body is forwarded but not recorded.</summary>
    private const int MostBytes = 64 << 20;

    private readonly List<(int Length, TimeSpan At)> _arrivals = [];
    private ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Gets whether the body, or all bodies in transit together, exceeded the limit for recording.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Gets the bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Gets how many bytes had arrived at each time.</summary>
    public IReadOnlyList<(int Length, TimeSpan At)> Arrivals => _arrivals;

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">The time since the request was sent.</param>
    public void Add(ReadOnlySpan<byte> bytes, TimeSpan at)
    {
        if (IsTooLong || bytes.Length > MostBytes - _bytes.WrittenCount || !share.TryTake(bytes.Length))
        {
            IsTooLong = true;
            Release();
            return;
        }

        _bytes.Write(bytes);
        _arrivals.Add((_bytes.WrittenCount, at));
    }

    /// <summary>Releases the bytes.</summary>
    public void Release()
    {
        _bytes = new ArrayBufferWriter<byte>();
        share.GiveAll();
    }
}
