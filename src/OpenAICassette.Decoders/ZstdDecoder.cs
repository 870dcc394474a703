using OpenAICassette.Text;
using ZstdSharp;

namespace OpenAICassette;

/// <summary>Decodes zstd with ZstdSharp.</summary>
internal sealed class ZstdDecoder : IZstdDecoder
{
    /// <inheritdoc/>
    public Stream Open(Stream packed) => new Checked(new DecompressionStream(packed));

    /// <summary>Throws for broken data what the streams of .NET throw.</summary>
    private sealed class Checked(DecompressionStream stream) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

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

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
