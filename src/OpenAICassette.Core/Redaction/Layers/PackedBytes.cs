using System.IO.Compression;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Unpacks text that is packed with gzip, zlib, zstd or Brotli, and packs it again in the same way. The bytes say which
/// it is; of Brotli, which has no mark, only whether they unpack to text.
/// </summary>
internal static class PackedBytes
{
    private const int BlockLength = 16 << 10;

    /// <summary>Shorter bytes without a mark are ids and hashes rather than packed text.</summary>
    public const int ShortestUnmarked = 96;

    /// <summary>How packed bytes begin in base64: gzip, zstd, and zlib with its four levels.</summary>
    private static readonly string[] s_marks = ["H4sI", "KLUv/", "eAE", "eF4", "eJw", "eNo"];

    /// <summary>Returns whether a text in base64 begins with the mark of a packed one.</summary>
    public static bool IsMarked(ReadOnlySpan<char> base64)
    {
        foreach (var mark in s_marks)
        {
            if (base64.StartsWith(mark, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether packed bytes of an unmarked kind begin as text when they are unpacked.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool BeginsAsBrotliText(ReadOnlySpan<byte> head)
    {
        if (head.Length < ShortestUnmarked)
        {
            return false;
        }

        using var decoder = new BrotliDecoder();
        Span<byte> block = stackalloc byte[1024];
        var status = decoder.Decompress(head, block, out _, out var written);
        return status != System.Buffers.OperationStatus.InvalidData && written > 0 && BeginsAsText(block[..written]);
    }

    /// <summary>Returns the unpacked bytes and what packs them; null for bytes that are not packed text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    /// <exception cref="ScanLimitException">
    /// They contain more text than the limit allows, or what unpacks them is not there.
    /// </exception>
    public static (byte[] Plain, Func<byte[], byte[]> Pack)? Open(byte[] bytes, ScanBudget budget)
    {
        Func<Stream, Stream> unpack;
        Func<byte[], byte[]> pack;
        switch (bytes)
        {
            case [0x1f, 0x8b, 8, ..]:
                unpack = source => new GZipStream(source, CompressionMode.Decompress);
                pack = content => Pack(content, target => new GZipStream(target, CompressionLevel.Optimal));
                break;
            case [0x28, 0xb5, 0x2f, 0xfd, ..]:
                unpack = source => Zstd().Open(source);
                pack = content => Zstd().Pack(content);
                break;
            case [0x78, 0x01 or 0x5e or 0x9c or 0xda, ..]:
                unpack = source => new ZLibStream(source, CompressionMode.Decompress);
                pack = content => Pack(content, target => new ZLibStream(target, CompressionLevel.Optimal));
                break;
            case var unmarked when BeginsAsBrotliText(unmarked):
                unpack = source => new BrotliStream(source, CompressionMode.Decompress);
                pack = content => Pack(content, target => new BrotliStream(target, CompressionLevel.Optimal));
                break;
            default:
                return null;
        }

        return Unpack(bytes, unpack, budget) is { } plain ? (plain, pack) : null;
    }

    private static IZstdDecoder Zstd() =>
        ContentCoding.Zstd
        ?? throw new ScanLimitException(
            "a text is packed with zstd, which is not available here: "
                + "add the package OpenAICassette.Decoders and call DecoderSupport.Enable()"
        );

    private static byte[] Pack(byte[] content, Func<Stream, Stream> packer)
    {
        using var result = new MemoryStream();
        using (var stream = packer(result))
        {
            stream.Write(content);
        }

        return result.ToArray();
    }

    private static byte[]? Unpack(byte[] bytes, Func<Stream, Stream> unpacker, ScanBudget budget)
    {
        try
        {
            using var stream = unpacker(new MemoryStream(bytes));
            using var result = new MemoryStream();
            var buffer = new byte[BlockLength];
            for (int read; (read = stream.ReadAtLeast(buffer, BlockLength, throwOnEndOfStream: false)) > 0; )
            {
                if (result.Length == 0 && !BeginsAsText(buffer.AsSpan(0, read)))
                {
                    return null;
                }

                if (result.Length + read > budget.UnpackedLeft)
                {
                    throw budget.TooMuchUnpacked();
                }

                result.Write(buffer, 0, read);
            }

            budget.Unpack(result.Length);
            return result.ToArray();
        }
        catch (FileNotFoundException e)
        {
            throw new ScanLimitException($"a text is packed with zstd, which is not available here: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Returns whether the first block is text; archives and images are not unpacked further.</summary>
    private static bool BeginsAsText(ReadOnlySpan<byte> block)
    {
        // The end of the block may split a character.
        var decoder = Encoding.UTF8.GetDecoder();
        decoder.Fallback = DecoderFallback.ExceptionFallback;
        try
        {
            decoder.GetCharCount(block, flush: false);
            return EncodedText.IsText(block);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
