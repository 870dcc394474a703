using System.Buffers;

namespace OpenAICassette.Http;

/// <summary>
/// What a connection has received and not yet done with, in one piece. A small array of its own while there is little;
/// larger ones are rented and given back. Positions are relative to the first byte, so they stay right when the bytes
/// move.
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

    /// <summary>Begins empty.</summary>
    /// <param name="share">Counts what is held besides the small array.</param>
    public ReceiveBuffer(BodyShare share)
    {
        _share = share;
        _bytes = _small;
    }

    /// <summary>How many bytes there are.</summary>
    public int Length => _end - _start;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, Length);

    /// <summary>The bytes.</summary>
    public Span<byte> Span => _bytes.AsSpan(_start, Length);

    /// <summary>Room to receive into, after the bytes; there is always some.</summary>
    /// <exception cref="BadRequestException">The server would hold too many bytes of bodies.</exception>
    public Memory<byte> Room()
    {
        if (_end == _bytes.Length)
        {
            MakeRoom();
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>
    /// Says how many bytes there will be. Room for more is not made in advance, and not for less before it is needed.
    /// </summary>
    /// <param name="length">How many bytes.</param>
    public void Expect(int length) => _expected = length;

    /// <summary>Takes as received what was put into the room.</summary>
    /// <param name="count">How many bytes.</param>
    public void Add(int count) => _end += count;

    /// <summary>Takes bytes out; those after them move up.</summary>
    /// <param name="at">The first of them.</param>
    /// <param name="count">How many.</param>
    public void Remove(int at, int count)
    {
        if (count > 0)
        {
            Span[(at + count)..].CopyTo(Span[at..]);
            _end -= count;
        }
    }

    /// <summary>Lets the first bytes go.</summary>
    /// <param name="count">How many.</param>
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

    /// <summary>Lets all bytes go.</summary>
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

        // What is rented may be longer than was asked for, but not twice as long.
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
