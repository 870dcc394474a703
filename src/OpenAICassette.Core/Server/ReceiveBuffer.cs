using System.Buffers;

namespace OpenAICassette.Server;

/// <summary>
/// What a connection has received and not yet done with, in one piece. A small array of its own while there is little; larger ones are rented
/// and given back. Positions are relative to the first byte, so they stay right when the bytes move.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int SmallSize = 4096;

    /// <summary>Larger arrays are left to the garbage collector; the pool would keep them for long.</summary>
    private const int LargestRented = 1024 * 1024;

    private readonly byte[] _small = GC.AllocateUninitializedArray<byte>(SmallSize);
    private byte[] _bytes;
    private int _start;
    private int _end;

    /// <summary>Begins empty.</summary>
    public ReceiveBuffer()
    {
        _bytes = _small;
    }

    /// <summary>How many bytes there are.</summary>
    public int Length => _end - _start;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, Length);

    /// <summary>The bytes.</summary>
    public Span<byte> Span => _bytes.AsSpan(_start, Length);

    /// <summary>Room to receive into, after the bytes; there is always some.</summary>
    public Memory<byte> Room()
    {
        if (_end == _bytes.Length)
        {
            MoveTo(_start > 0 ? _bytes : Larger());
        }

        return _bytes.AsMemory(_end);
    }

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
        _start += count;
        if (Length == 0)
        {
            Clear();
        }
        else if (_bytes != _small && Length <= SmallSize / 2)
        {
            MoveTo(_small);
        }
    }

    /// <summary>Lets all bytes go.</summary>
    public void Clear()
    {
        _start = _end = 0;
        Replace(_small);
    }

    private byte[] Larger() => _bytes.Length * 2 > LargestRented
        ? GC.AllocateUninitializedArray<byte>(_bytes.Length * 2)
        : ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);

    private void MoveTo(byte[] bytes)
    {
        var length = Length;
        Span.CopyTo(bytes);
        _start = 0;
        _end = length;
        Replace(bytes);
    }

    private void Replace(byte[] bytes)
    {
        var old = _bytes;
        _bytes = bytes;
        if (old != bytes && old != _small && old.Length <= LargestRented)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
