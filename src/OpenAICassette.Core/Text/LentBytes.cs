using System.Buffers;
using System.Runtime.InteropServices;

namespace OpenAICassette.Text;

/// <summary>
/// Represents the bytes of a buffer that are lent to some work. After the loan the buffer holds something else, so that
/// whatever still refers to the bytes throws.
/// </summary>
/// <param name="buffer">The buffer.</param>
/// <param name="length">The number of bytes.</param>
internal sealed class LentBytes(byte[] buffer, int length) : MemoryManager<byte>
{
    /// <summary>
    /// The maximum number of tables that go back with the bytes. Those of a log's many lines are left to the garbage
    /// collector.
    /// </summary>
    private const int MostTrees = 8;

    private readonly List<JsonTree> _trees = [];
    private byte[]? _buffer = buffer;

    /// <summary>Gets the buffer.</summary>
    /// <exception cref="InvalidOperationException">The loan is over.</exception>
    public byte[] Buffer =>
        _buffer ?? throw new InvalidOperationException("bytes that were lent to some work are used after it");

    /// <summary>Returns the loan that bytes are of; null if they are not lent.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">Where in the buffer they begin.</param>
    public static LentBytes? Of(ReadOnlyMemory<byte> bytes, out int start) =>
        MemoryMarshal.TryGetMemoryManager<byte, LentBytes>(bytes, out var lent, out start, out _) ? lent : null;

    /// <summary>Adds a tree of the bytes, which ends with the loan.</summary>
    /// <returns>False if there are too many.</returns>
    public bool TryAdd(JsonTree tree)
    {
        lock (_trees)
        {
            if (_trees.Count == MostTrees)
            {
                return false;
            }

            _trees.Add(tree);
            return true;
        }
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => Buffer.AsSpan(0, length);

    /// <inheritdoc/>
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(Buffer, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
        // The handle that was returned ends the pinning.
    }

    /// <summary>Ends the loan.</summary>
    protected override void Dispose(bool disposing)
    {
        _buffer = null;
        foreach (var tree in _trees)
        {
            tree.End();
        }

        _trees.Clear();
    }
}
