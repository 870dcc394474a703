using System.Buffers.Binary;
using System.IO.Compression;
using OpenAICassette.Text;

namespace OpenAICassette.Cassettes;

/// <summary>Files that are packed with gzip. What is in them is the cassette; its bytes are the unpacked ones.</summary>
internal static class GzipFile
{
    private const string Extension = ".gz";

    private static readonly byte[] s_begin = [0x1f, 0x8b, 8];

    /// <summary>Returns whether a file is packed: its name says so, and its first bytes do.</summary>
    public static bool IsPacked(string path, ReadOnlySpan<byte> head) => HasName(path) && ContentCoding.IsGzip(head);

    /// <summary>Unpacks the beginning of a file.</summary>
    /// <returns>The first bytes; none if they cannot be unpacked.</returns>
    public static byte[] UnpackHead(ReadOnlyMemory<byte> packed, int length)
    {
        try
        {
            using var source = new MemoryStream(packed.ToArray(), writable: false);
            using var stream = new GZipStream(source, CompressionMode.Decompress);
            var head = new byte[length];
            return head[..stream.ReadAtLeast(head, length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>Unpacks a file.</summary>
    /// <exception cref="CassetteException">It is broken or cut off, or too much is in it.</exception>
    public static ReadOnlyMemory<byte> Unpack(string path, ReadOnlyMemory<byte> packed)
    {
        try
        {
            var content = ContentCoding.Decode(packed, header: null, out var coding);
            return coding is null || !IsWhole(packed.Span, content.Length)
                ? throw new CassetteException(
                    CassetteError.CassetteUnreadable,
                    path,
                    "the gzip data is broken or cut off"
                )
                : content;
        }
        catch (InvalidDataException e)
        {
            throw new CassetteException(
                CassetteError.CassetteUnreadable,
                path,
                $"the file unpacks to more than {ContentCoding.Longest >> 20} MiB",
                inner: e
            );
        }
    }

    /// <summary>Returns what a file with this name holds so that its content is this: packed or as it is.</summary>
    public static ReadOnlyMemory<byte> Pack(string path, ReadOnlyMemory<byte> content)
    {
        if (!HasName(path))
        {
            return content;
        }

        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(content.Span);
        }

        return packed.ToArray();
    }

    /// <summary>Returns a path without the extension of a packed file.</summary>
    public static string Unpacked(string path) => HasName(path) ? path[..^Extension.Length] : path;

    /// <summary>
    /// Returns whether a file ends with the length of its content (RFC 1952, section 2.3.1), or has several members.
    /// </summary>
    private static bool IsWhole(ReadOnlySpan<byte> packed, int length) =>
        BinaryPrimitives.ReadUInt32LittleEndian(packed[^sizeof(uint)..]) == (uint)length
        || packed[1..].IndexOf(s_begin) >= 0;

    private static bool HasName(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
}
