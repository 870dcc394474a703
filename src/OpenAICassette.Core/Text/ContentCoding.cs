using System.IO.Compression;

namespace OpenAICassette.Text;

/// <summary>
/// Takes content coding (RFC 9110, section 8.4) off a body. The bytes decide which coding it is, because recorders keep
/// the header of a body that they have decoded.
/// </summary>
internal static class ContentCoding
{
    private const string ZstdName = "zstd";

    /// <summary>The size of the largest body that is decoded, in bytes. A few bytes can decode to any number.</summary>
    public const int Longest = 256 << 20;

    /// <summary>Gets or sets the decoder of zstd, which the host sets; null where it is not there.</summary>
    public static IZstdDecoder? Zstd { get; set; }

    /// <summary>Decodes a body.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="header">The value of Content-Encoding; null if there is none.</param>
    /// <param name="coding">The coding that was found; null if the body has none.</param>
    /// <returns>The decoded body, or the body itself.</returns>
    /// <exception cref="InvalidDataException">The body decodes to more than <see cref="Longest"/>.</exception>
    /// <exception cref="MissingDecoderException">The body is packed with zstd, whose decoder is not there.</exception>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> bytes, string? header, out string? coding)
    {
        coding = Find(bytes.Span, header);
        var decoded = coding switch
        {
            "gzip" => Decode(bytes, stream => new GZipStream(stream, CompressionMode.Decompress)),
            "deflate" => DecodeDeflate(bytes),
            "br" => Decode(bytes, stream => new BrotliStream(stream, CompressionMode.Decompress)),
            ZstdName => DecodeZstd(bytes),
            _ => null,
        };
        coding = decoded is null ? null : coding;
        return decoded ?? bytes;
    }

    /// <summary>Returns whether bytes begin as gzip does (RFC 1952, section 2.3.1).</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1f, 0x8b, 8, ..];

    /// <summary>Returns whether bytes begin as a frame of zstd does (RFC 8878, section 3.1.1).</summary>
    private static bool IsZstd(ReadOnlySpan<byte> bytes) => bytes is [0x28, 0xb5, 0x2f, 0xfd, ..];

    private static string? Find(ReadOnlySpan<byte> bytes, string? header)
    {
        if (IsGzip(bytes))
        {
            return "gzip";
        }

        if (IsZstd(bytes))
        {
            return ZstdName;
        }

        var named = header?.Trim().ToLowerInvariant();
        return named is "deflate" or "br" && !LooksLikeText(bytes) ? named : null;
    }

    /// <summary>Returns whether bytes are text; encoded bytes hardly ever begin with so many printable ones.</summary>
    private static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        const int enough = 64;
        var head = bytes[..Math.Min(bytes.Length, enough)];
        return head.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var odd
            && (odd < 0 || head[odd] is (byte)'\n' or (byte)'\r' or (byte)'\t' or >= 0xc3)
            && System.Text.Unicode.Utf8.IsValid(bytes);
    }

    /// <summary>
    /// Decodes deflate, which servers send with a zlib header and without (RFC 9110, section 8.4.1.2).
    /// </summary>
    private static byte[]? DecodeDeflate(ReadOnlyMemory<byte> bytes) =>
        Decode(bytes, stream => new ZLibStream(stream, CompressionMode.Decompress))
        ?? Decode(bytes, stream => new DeflateStream(stream, CompressionMode.Decompress));

    private static byte[]? DecodeZstd(ReadOnlyMemory<byte> bytes)
    {
        if (Zstd is not { } decoder)
        {
            throw new MissingDecoderException(
                ZstdName,
                "add the package OpenAICassette.Decoders and call DecoderSupport.Enable()"
            );
        }

        try
        {
            return Decode(bytes, decoder.Open);
        }
        catch (FileNotFoundException e)
        {
            throw new MissingDecoderException(ZstdName, e.Message);
        }
    }

    /// <summary>Decodes a body; null if it is not in this coding.</summary>
    private static byte[]? Decode(ReadOnlyMemory<byte> bytes, Func<Stream, Stream> decoder)
    {
        const int bufferLength = 81_920;
        try
        {
            using var source = new MemoryStream(bytes.ToArray(), writable: false);
            using var stream = decoder(source);
            using var decoded = new MemoryStream();
            var buffer = new byte[bufferLength];
            while (stream.Read(buffer) is var read and > 0)
            {
                if (decoded.Length + read > Longest)
                {
                    throw new InvalidDataException($"the body decodes to more than {Longest >> 20} MiB");
                }

                decoded.Write(buffer, 0, read);
            }

            return decoded.ToArray();
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith("the body", StringComparison.Ordinal))
        {
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or (IOException and not FileNotFoundException))
        {
            return null;
        }
    }
}
