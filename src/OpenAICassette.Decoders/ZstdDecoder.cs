using OpenAICassette.Text;
using ZstdSharp;

namespace OpenAICassette;

/// <summary>Decodes and encodes zstd with ZstdSharp.</summary>
internal sealed class ZstdDecoder : IZstdDecoder
{
    /// <inheritdoc/>
    public Stream Open(Stream packed) => new Checked(new DecompressionStream(packed));

    /// <inheritdoc/>
    public byte[] Pack(byte[] content)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(content).ToArray();
    }

    /// <summary>Throws for broken data what the streams of .NET throw.</summary>
    private sealed class Checked(DecompressionStream stream) : ReadOnlyStream
    {
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            try
            {
                return stream.Read(buffer);
            }
            catch (ZstdException e)
            {
                throw new InvalidDataException(e.Message, e);
            }
        }

        protected override void Dispose(bool disposing)
        {
            stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
