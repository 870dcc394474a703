using System.Buffers.Binary;
using System.IO.Compression;

namespace OpenAICassette.Http;

/// <summary>
/// Decodes gzip data. Truncated data is refused: the data ends with its decoded length (RFC 1952), and the decoder
/// itself would look for another member. Of several members, which clients do not send, only the last would be counted.
/// </summary>
internal sealed class GZipReader : WatchedStream
{
    private readonly Tail _tail;
    private long _decoded;

    private GZipReader(Tail tail)
        : base(new GZipStream(tail, CompressionMode.Decompress))
    {
        _tail = tail;
    }

    /// <summary>Begins to decode.</summary>
    /// <param name="compressed">The compressed bytes.</param>
    public static GZipReader Open(Stream compressed) => new(new Tail(compressed));

    /// <inheritdoc/>
    protected override void See(ReadOnlySpan<byte> bytes)
    {
        _decoded += bytes.Length;
        if (bytes.IsEmpty && _tail.Count > 0 && (_tail.Count <= Tail.Shortest || _tail.LastNumber != (uint)_decoded))
        {
            throw new InvalidDataException("the compressed data is cut off");
        }
    }

    /// <summary>Keeps the last bytes.</summary>
    private sealed class Tail(Stream inner) : WatchedStream(inner)
    {
        /// <summary>The length of a header and a trailer without data.</summary>
        public const int Shortest = 18;

        private readonly byte[] _last = new byte[sizeof(uint)];

        public long Count { get; private set; }

        public uint LastNumber => BinaryPrimitives.ReadUInt32LittleEndian(_last);

        protected override void See(ReadOnlySpan<byte> bytes)
        {
            Count += bytes.Length;
            var kept = Math.Max(0, _last.Length - bytes.Length);
            _last.AsSpan(_last.Length - kept).CopyTo(_last);
            bytes[^(_last.Length - kept)..].CopyTo(_last.AsSpan(kept));
        }
    }
}
