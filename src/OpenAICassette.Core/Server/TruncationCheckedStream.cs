namespace OpenAICassette.Server;

/// <summary>Compressed bytes. Whoever reads beyond their end is told: the decoders of the framework take that for a regular end.</summary>
internal sealed class TruncationCheckedStream(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Checked(base.Read(buffer));

    private static int Checked(int count) => count > 0 ? count : throw new InvalidDataException("the compressed data is cut off");
}
