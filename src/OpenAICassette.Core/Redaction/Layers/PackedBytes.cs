using System.IO.Compression;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>
/// Unpacks text that is packed with gzip, zlib, zstd, Brotli or deflate, and packs it again in the same way. The bytes
/// say which it is; of Brotli and deflate without a header, which have no mark, only whether they unpack to text.
/// </summary>
internal static class PackedBytes
{
    private const int BlockLength = 16 << 10;

    /// <summary>So many bytes of text that bytes unpack to are no chance.</summary>
    private const int LeastText = 64;

    /// <summary>So many bytes say whether unmarked ones unpack to text.</summary>
    private const int LongestHead = 1 << 10;

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
    public static bool BeginsUnmarked(ReadOnlySpan<byte> head) =>
        head.Length >= ShortestUnmarked && (BeginsAsDeflateText(head) || BeginsAsBrotliText(head));

    /// <summary>Returns whether bytes without a header begin as deflate (RFC 1951) and unpack to text.</summary>
    private static bool BeginsAsDeflateText(ReadOnlySpan<byte> head)
    {
        // The first bits say how the first block is packed: as it is, with its length and the complement of that, in
        // one of two ways, or, which is not valid, in a fourth.
        var kind = (head[0] >> 1) & 3;
        if (kind == 3 || (kind == 0 && !IsStored(head)))
        {
            return false;
        }

        try
        {
            using var stream = new DeflateStream(new MemoryStream(head.ToArray()), CompressionMode.Decompress);
            Span<byte> block = stackalloc byte[1024];
            var length = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            return length >= LeastText && BeginsAsText(block[..length]);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static bool IsStored(ReadOnlySpan<byte> head) =>
        (head[1] ^ head[3]) == byte.MaxValue && (head[2] ^ head[4]) == byte.MaxValue;

    private static bool BeginsAsBrotliText(ReadOnlySpan<byte> head)
    {
        using var decoder = new BrotliDecoder();
        Span<byte> block = stackalloc byte[1024];
        var status = decoder.Decompress(head, block, out _, out var written);
        return status != System.Buffers.OperationStatus.InvalidData && written > 0 && BeginsAsText(block[..written]);
    }

    /// <summary>Returns the unpacked bytes and what packs them; null for bytes that are not packed text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    /// <param name="mayBeCut">Whether deflate without an end is packed text, too.</param>
    /// <exception cref="ScanLimitException">
    /// They contain more text than the limit allows, or what unpacks them is not there.
    /// </exception>
    public static (byte[] Plain, Func<byte[], byte[]> Pack)? Open(byte[] bytes, ScanBudget budget, bool mayBeCut)
    {
        Func<Stream, Stream> unpack;
        Func<byte[], byte[]> pack;
        var isMarked = true;
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
            case { Length: < ShortestUnmarked }:
                return null;
            case var unmarked when UnpackDeflate(unmarked, budget) is var (text, isCut) && (mayBeCut || !isCut):
                return (text, content => PackDeflate(content, isCut));
            case var unmarked when BeginsAsBrotliText(unmarked):
                isMarked = false;
                unpack = source => new BrotliStream(source, CompressionMode.Decompress);
                pack = content => Pack(content, target => new BrotliStream(target, CompressionLevel.Optimal));
                break;
            default:
                return null;
        }

        return Unpack(bytes, unpack, isMarked, budget) is { } plain ? (plain, pack) : null;
    }

    /// <summary>
    /// Unpacks deflate that begins as text, and returns whether its end was cut off; null for bytes that are not
    /// deflate, or have something after it. What is cut off must be text from its beginning to its end, because no end
    /// says that it is deflate at all.
    /// </summary>
    /// <exception cref="ScanLimitException">They contain more text than the limit allows.</exception>
    private static (byte[] Plain, bool IsCut)? UnpackDeflate(byte[] bytes, ScanBudget budget)
    {
        if (!BeginsAsDeflateText(bytes.AsSpan(0, Math.Min(bytes.Length, LongestHead))))
        {
            return null;
        }

        try
        {
            using var source = new SlowEnd(bytes);
            using var stream = new DeflateStream(source, CompressionMode.Decompress);
            using var result = new MemoryStream();
            var buffer = new byte[BlockLength];

            // What the byte after the end unpacks to is no part of the text.
            for (int read; (read = stream.Read(buffer)) > 0 && !source.IsPassed; )
            {
                if (result.Length + read > budget.UnpackedLeft)
                {
                    throw budget.TooMuchUnpacked();
                }

                result.Write(buffer, 0, read);
            }

            var plain = result.ToArray();
            var isText = source.IsAtEnd || (source.IsPassed && BeginsAsText(plain));
            if (!isText)
            {
                return null;
            }

            budget.Unpack(plain.Length);
            return (plain, source.IsPassed);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Packs a text; one that was cut off has no end again.</summary>
    private static byte[] PackDeflate(byte[] content, bool isCut)
    {
        using var result = new MemoryStream();
        using var stream = new DeflateStream(result, CompressionLevel.Optimal, leaveOpen: true);
        stream.Write(content);
        if (isCut)
        {
            stream.Flush();
        }
        else
        {
            stream.Dispose();
        }

        return result.ToArray();
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

    /// <summary>Unpacks text; returns null for bytes that are not packed text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="unpacker">What unpacks them.</param>
    /// <param name="isMarked">Whether they begin as packed bytes do, so that what they unpack to is no chance.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    private static byte[]? Unpack(byte[] bytes, Func<Stream, Stream> unpacker, bool isMarked, ScanBudget budget)
    {
        using var source = new MemoryStream(bytes, writable: false);
        using var result = new MemoryStream();
        try
        {
            using var stream = unpacker(source);
            var buffer = new byte[BlockLength];
            for (int read; (read = stream.Read(buffer)) > 0; )
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
            return isMarked && result.Length >= LeastText
                ? throw new ScanLimitException($"a packed text is damaged after {result.Length} bytes", e)
                : null;
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

    /// <summary>
    /// Represents bytes with one more after them. The last ones are read one by one, so that it can be seen whether what
    /// unpacks them needed all of them and no more.
    /// </summary>
    private sealed class SlowEnd(byte[] bytes) : MemoryStream([.. bytes, 0], writable: false)
    {
        private const int End = 64;

        /// <summary>Gets whether all bytes were needed and no more.</summary>
        public bool IsAtEnd => Position == Length - 1;

        /// <summary>Gets whether more bytes were needed than there are.</summary>
        public bool IsPassed => Position == Length;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Share(buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Share(count));

        private int Share(int count) => (int)Math.Min(count, Math.Max(1, Length - Position - End));
    }
}
