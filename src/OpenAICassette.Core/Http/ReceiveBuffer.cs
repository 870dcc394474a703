using System.Buffers;

namespace OpenAICassette.Http;

/// <summary>
/// Holds received bytes in one piece: a small array at first; larger ones are rented and returned. Positions are
/// relative to the first byte, so they stay valid when the bytes move.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int SmallSize = 4096;

    /// <summary>Larger arrays are left to the garbage collector; the pool would keep them for long.</summary>
    private const int LargestRented = 1024 * 1024;

    private readonly byte[] _small = GC.AllocateUninitializedArray<byte>(SmallSize);
    private readonly BodyShare _share;
    private byte[] _bytes;
    private int _start;
    private int _end;
    private int _taken;
    private int _expected;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="share">Counts what is held in addition to the small array.</param>
    public ReceiveBuffer(BodyShare share)
    {
        _share = share;
        _bytes = _small;
    }

    /// <summary>Gets the number of bytes in use.</summary>
    public int Length => _end - _start;

    /// <summary>Gets the bytes.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, Length);

    /// <summary>Gets the bytes.</summary>
    public Span<byte> Span => _bytes.AsSpan(_start, Length);

    /// <summary>Gets the free space after the bytes, which is never empty.</summary>
    /// <exception cref="BadRequestException">The server would exceed its limit for bodies.</exception>
    public Memory<byte> Room()
    {
        if (_end == _bytes.Length)
        {
            MakeRoom();
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>Sets the expected number of bytes. Space is allocated only when it is needed.</summary>
    /// <param name="length">The limit in bytes.</param>
    public void Expect(int length) => _expected = length;

    /// <summary>Adds bytes that were received into the free space.</summary>
    /// <param name="count">The limit in bytes.</param>
    public void Add(int count) => _end += count;

    /// <summary>Removes bytes; the following ones move up.</summary>
    /// <param name="at">The position of the first one.</param>
    /// <param name="count">The number of bytes.</param>
    public void Remove(int at, int count)
    {
        if (count > 0)
        {
            Span[(at + count)..].CopyTo(Span[at..]);
            _end -= count;
        }
    }

    /// <summary>Removes the first bytes.</summary>
    /// <param name="count">The number of bytes.</param>
    public void Consume(int count)
    {
        _expected = 0;
        _start += count;
        if (Length == 0)
        {
            Clear();
        }
        else if (_bytes != _small && Length <= SmallSize / 2)
        {
            MoveTo(_small, 0);
        }
    }

    /// <summary>Removes all bytes.</summary>
    public void Clear()
    {
        _start = _end = 0;
        Replace(_small, 0);
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Span.CopyTo(_bytes);
            (_start, _end) = (0, Length);
            return;
        }

        // A rented array may be longer than requested, but not twice as long.
        var length = _expected > _bytes.Length ? Math.Min(_bytes.Length * 2, _expected) : _bytes.Length * 2;
        _share.Take(length);
        MoveTo(
            length > LargestRented ? GC.AllocateUninitializedArray<byte>(length) : ArrayPool<byte>.Shared.Rent(length),
            length
        );
    }

    private void MoveTo(byte[] bytes, int taken)
    {
        var length = Length;
        Span.CopyTo(bytes);
        _start = 0;
        _end = length;
        Replace(bytes, taken);
    }

    private void Replace(byte[] bytes, int taken)
    {
        var old = _bytes;
        _bytes = bytes;
        _share.Give(_taken);
        _taken = taken;
        if (old != bytes && old != _small && old.Length <= LargestRented)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
