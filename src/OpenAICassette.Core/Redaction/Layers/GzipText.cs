using System.IO.Compression;
using System.Text;

namespace OpenAICassette.Redaction.Layers;

/// <summary>Compresses and decompresses text with gzip (RFC 1952).</summary>
internal static class GzipText
{
    private const int BlockLength = 16 << 10;

    /// <summary>Compresses the bytes of a text.</summary>
    public static byte[] Zip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var zip = new GZipStream(result, CompressionLevel.Optimal))
        {
            zip.Write(content);
        }

        return result.ToArray();
    }

    /// <summary>Decompresses bytes; returns null if they are damaged or not text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="budget">The limit for unpacked text.</param>
    /// <exception cref="ScanLimitException">They contain more text than the limit allows.</exception>
    public static byte[]? Unzip(byte[] bytes, ScanBudget budget)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var result = new MemoryStream();
            var buffer = new byte[BlockLength];
            for (int read; (read = zip.ReadAtLeast(buffer, BlockLength, throwOnEndOfStream: false)) > 0; )
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
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Returns whether the first block is text; archives and images are not decompressed further.</summary>
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
