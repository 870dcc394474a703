using System.Buffers;

namespace OpenAICassette.Cassettes;

/// <summary>A file's bytes in a buffer that goes back to the pool, so that reading thousands of files allocates for none.</summary>
internal sealed class FileBytes : IDisposable
{
    /// <summary>Larger buffers are left to the garbage collector, so that one huge file does not stay in memory.</summary>
    private const int LargestPooled = 4 << 20;

    private byte[]? _buffer;

    private FileBytes(byte[] buffer, int length, bool isRepeatable)
    {
        _buffer = buffer;
        Memory = buffer.AsMemory(0, length);
        IsRepeatable = isRepeatable;
    }

    /// <summary>The bytes; not to be used after disposal.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>False for a pipe, which gives its bytes only once.</summary>
    public bool IsRepeatable { get; }

    /// <summary>Reads a file, or a pipe given by path, to its end.</summary>
    /// <exception cref="CassetteException">There is no such file, or it cannot be read.</exception>
    public static FileBytes Read(string path, CancellationToken cancellation)
        => WithFile(path, stream => Read(stream, path, stream.CanSeek ? stream.Length : 0, cancellation));

    /// <summary>True for a file that holds something; false for an empty one, a link that leads nowhere, and a pipe, which would never end.</summary>
    public static bool HasContent(string path)
    {
        try
        {
            var file = new FileInfo(path);
            file = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            return file is { Exists: true, Length: > 0 };
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The first 64 KiB of a file that is larger than a size; null for a smaller one and for a pipe.</summary>
    /// <exception cref="CassetteException">There is no such file, or it cannot be read.</exception>
    public static byte[]? ReadHead(string path, long largerThan)
        => new FileInfo(path) is { Exists: true } file && file.Length <= largerThan ? null : WithFile(path, stream =>
        {
            if (!stream.CanSeek || stream.Length <= largerThan)
            {
                return null;
            }

            var head = new byte[64 << 10];
            return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        });

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="expected">Its length where that is known, else 0.</param>
    /// <param name="cancellation">Ends reading between blocks.</param>
    /// <exception cref="CassetteException">It holds more bytes than one array can.</exception>
    public static FileBytes Read(Stream stream, string name, long expected, CancellationToken cancellation)
    {
        if (expected >= Array.MaxLength)
        {
            throw TooLarge(name);
        }

        var buffer = Rent((int)Math.Max(expected + 1, 16 << 10));
        var length = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            if (read == 0)
            {
                return new FileBytes(buffer, length, stream.CanSeek);
            }

            if (length == buffer.Length)
            {
                buffer = length >= Array.MaxLength / 2 ? throw TooLarge(name) : Grow(buffer, length);
            }
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer is { Length: <= LargestPooled } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _buffer = null;
    }

    private static T WithFile<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return read(stream);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CassetteException(CassetteError.CassetteNotFound, path, "no such file", inner: e);
        }
        catch (UnauthorizedAccessException e)
        {
            var problem = Directory.Exists(path) ? "a folder, where a file was expected" : "no permission to read this file";
            throw new CassetteException(CassetteError.CassetteUnreadable, path, problem, inner: e);
        }
        catch (IOException e)
        {
            throw new CassetteException(CassetteError.CassetteUnreadable, path, e.Message, inner: e);
        }
    }

    private static byte[] Rent(int size)
        => size <= LargestPooled ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = Rent(length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        if (buffer.Length <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return larger;
    }

    private static CassetteException TooLarge(string name)
        => new(CassetteError.CassetteUnreadable, name, "larger than 2 GiB, which no cassette is");
}
