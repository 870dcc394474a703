using System.Buffers;

namespace OpenAICassette.Http;

/// <summary>An answer's body as it came from the upstream, and when its bytes came.</summary>
/// <param name="share">Counts the bytes.</param>
internal sealed class ReceivedBody(BodyShare share)
{
    /// <summary>More than that nobody replays; what is longer is passed on and not recorded.</summary>
    private const int MostBytes = 64 << 20;

    private readonly List<(int Length, TimeSpan At)> _arrivals = [];
    private ArrayBufferWriter<byte> _bytes = new();

    /// <summary>True when there was more than can be recorded of one answer, or of all that are on their way.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>How many bytes had come at each time.</summary>
    public IReadOnlyList<(int Length, TimeSpan At)> Arrivals => _arrivals;

    /// <summary>Adds what has come.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">When they came, from the sending of the request.</param>
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

    /// <summary>Lets the bytes go.</summary>
    public void Release()
    {
        _bytes = new ArrayBufferWriter<byte>();
        share.GiveAll();
    }
}
