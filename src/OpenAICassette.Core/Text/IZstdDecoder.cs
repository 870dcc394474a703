namespace OpenAICassette.Text;

/// <summary>Decodes zstd (RFC 8878), which .NET cannot, and encodes it.</summary>
/// <remarks>
/// The decoder is in an assembly of its own, OpenAICassette.Decoders, because Core depends on no package.
/// <see cref="ContentCoding.Zstd"/> leads to it.
/// </remarks>
internal interface IZstdDecoder
{
    /// <summary>Returns a stream of decoded bytes, which throws an <see cref="InvalidDataException"/> for others.</summary>
    /// <exception cref="FileNotFoundException">The assembly is not there.</exception>
    Stream Open(Stream packed);

    /// <summary>Returns the bytes packed.</summary>
    /// <exception cref="FileNotFoundException">The assembly is not there.</exception>
    byte[] Pack(byte[] content);
}

/// <summary>A body is in a coding that cannot be decoded here.</summary>
/// <param name="coding">The coding.</param>
/// <param name="reason">What is missing, and what to do.</param>
internal sealed class MissingDecoderException(string coding, string reason) : Exception(reason)
{
    /// <summary>Gets the coding, for example zstd.</summary>
    public string Coding { get; } = coding;
}
