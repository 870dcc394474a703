using System.Buffers;
using System.Text;

namespace OpenAICassette.Text;

/// <summary>Collects bytes. What is written here is many small pieces, and each of them costs only its copy.</summary>
internal sealed class ByteBuilder
{
    private readonly bool _isRented;
    private byte[] _bytes;

    /// <summary>Begins empty, with room for so many bytes.</summary>
    public ByteBuilder(int capacity)
        : this(GC.AllocateUninitializedArray<byte>(Math.Max(capacity, 64)), isRented: false) { }

    private ByteBuilder(byte[] bytes, bool isRented)
    {
        _bytes = bytes;
        _isRented = isRented;
    }

    /// <summary>
    /// Begins empty, in memory that is used again after <see cref="Return"/>: for bytes that only their reader needs.
    /// </summary>
    public static ByteBuilder Rent(int capacity) => new(ArrayPool<byte>.Shared.Rent(capacity), isRented: true);

    /// <summary>Gets how many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the bytes so far.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Gets the bytes so far, without a copy; what is added later stands after them.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Adds a text in UTF-8.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        var free = _bytes.Length - Length;
        if (
            Encoding.UTF8.GetMaxByteCount(text.Length) > free
            && Encoding.UTF8.GetByteCount(text) is var count
            && count > free
        )
        {
            Grow(count);
        }

        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    /// <summary>Adds a byte.</summary>
    public void Append(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    /// <summary>Drops the bytes after so many.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Returns the bytes so far in an array of their own.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <summary>Ends the use of rented memory.</summary>
    public void Return()
    {
        if (_isRented)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        (_bytes, Length) = ([], 0);
    }

    private void Grow(int more)
    {
        var length = Math.Max((int)Math.Min(_bytes.Length * 2L, Array.MaxLength), checked(Length + more));
        if (!_isRented)
        {
            Array.Resize(ref _bytes, length);
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(length);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
