using System.Buffers;
using Microsoft.Win32.SafeHandles;
using OpenAICassette.Text;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents a file's bytes in a buffer that goes back to the pool, so that reading thousands of files allocates for
/// none.
/// </summary>
internal sealed class FileBytes : IDisposable
{
    /// <summary>
    /// Larger buffers are left to the garbage collector, so that one huge file does not stay in memory.
    /// </summary>
    private const int LargestPooled = 4 << 20;

    /// <summary>
    /// The size of the buffers for all usual files. The system gives memory only as far as a file fills them.
    /// </summary>
    private const int SmallestPooled = 1 << 20;

    /// <summary>Of files above this size only the head is read at first, where somebody wants to see that.</summary>
    private const int HeadFirst = 1 << 20;

    private const int HeadLength = 64 << 10;

    private byte[]? _buffer;

    private FileBytes(byte[] buffer, int length, bool isRepeatable)
    {
        _buffer = buffer;
        Memory = buffer.AsMemory(0, length);
        IsRepeatable = isRepeatable;
    }

    /// <summary>Returns whether a file is wanted, from its beginning.</summary>
    public delegate bool HeadTest(ReadOnlySpan<byte> head);

    /// <summary>Gets the bytes; not to be used after disposal.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Gets whether the bytes can be read again; false for a pipe.</summary>
    public bool IsRepeatable { get; }

    /// <summary>Reads a file, or a pipe given by path, to its end.</summary>
    /// <exception cref="CassetteException">There is no such file, or it cannot be read.</exception>
    public static FileBytes Read(string path, CancellationToken cancellation) => Read(path, null, cancellation)!;

    /// <summary>Reads a file to its end; a large one only when its beginning is wanted.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="isWanted">Looks at the beginning of a large file; null when all of it is wanted.</param>
    /// <param name="cancellation">Ends reading between blocks.</param>
    /// <param name="opened">The file if it was opened; it is closed.</param>
    /// <returns>The bytes; null when the file is not wanted.</returns>
    /// <exception cref="CassetteException">There is no such file, or it cannot be read.</exception>
    public static FileBytes? Read(
        string path,
        HeadTest? isWanted,
        CancellationToken cancellation,
        OpenedFile? opened = null
    )
    {
        try
        {
            using var file = opened?.Handle ?? File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return (opened?.Length ?? LengthOf(file)) is { } length
                ? Unpacked(Read(file, path, length, isWanted, cancellation), path, isWanted)
                : ReadPipe(file, path, cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CassetteException(CassetteError.CassetteNotFound, path, "no such file", inner: e);
        }
        catch (UnauthorizedAccessException e)
        {
            var problem = Directory.Exists(path)
                ? "a folder, where a file was expected"
                : "no permission to read this file";
            throw new CassetteException(CassetteError.CassetteUnreadable, path, problem, inner: e);
        }
        catch (IOException e)
        {
            throw new CassetteException(CassetteError.CassetteUnreadable, path, e.Message, inner: e);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="cancellation">Ends reading between blocks.</param>
    /// <exception cref="CassetteException">It holds more bytes than one array can.</exception>
    public static FileBytes Read(Stream stream, string name, CancellationToken cancellation)
    {
        var buffer = Rent(HeadLength);
        var length = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            if (read == 0)
            {
                return new FileBytes(buffer, length, isRepeatable: false);
            }

            if (length == buffer.Length)
            {
                buffer = length >= Array.MaxLength / 2 ? throw TooLarge(name) : Grow(buffer, length);
            }
        }
    }

    /// <summary>
    /// Returns whether a file has content; false for an empty one, a link that leads nowhere, and a pipe, which would
    /// never end.
    /// </summary>
    public static bool HasContent(string path) => HasContent(new FileInfo(path));

    /// <summary>Returns the same of a file that may have been looked at.</summary>
    public static bool HasContent(FileInfo file)
    {
        try
        {
            var target =
                (file.Attributes & FileAttributes.ReparsePoint) == 0
                    ? file
                    : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            return target is { Exists: true, Length: > 0 };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Lends the bytes, until the loan is disposed; null for bytes that <see cref="ToLasting"/> does not copy.
    /// </summary>
    public LentBytes? Lend() => IsPooled(Memory.Length) ? new(_buffer!, Memory.Length) : null;

    /// <summary>Returns the bytes in memory that is theirs after disposal too.</summary>
    public ReadOnlyMemory<byte> ToLasting()
    {
        if (!IsPooled(Memory.Length))
        {
            return Memory;
        }

        var bytes = GC.AllocateUninitializedArray<byte>(Memory.Length);
        Memory.Span.CopyTo(bytes);
        return bytes;
    }

    /// <summary>Returns the buffer to the pool.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
        {
            Return(_buffer);
            _buffer = null;
        }
    }

    private static long? LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            // A pipe has no length.
            return null;
        }
    }

    private static FileBytes ReadPipe(SafeFileHandle file, string path, CancellationToken cancellation)
    {
        using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        return Read(stream, path, cancellation);
    }

    private static FileBytes? Read(
        SafeFileHandle file,
        string path,
        long size,
        HeadTest? isWanted,
        CancellationToken cancellation
    )
    {
        if (size > Array.MaxLength)
        {
            throw TooLarge(path);
        }

        if (isWanted is not null && size > HeadFirst)
        {
            var head = new byte[HeadLength];
            var bytes = head.AsSpan(0, RandomAccess.Read(file, head, 0));
            if (!GzipFile.IsPacked(path, bytes) && !isWanted(bytes))
            {
                return null;
            }
        }

        var buffer = Rent((int)size);
        var length = 0;
        while (length < size)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, buffer.AsSpan(length, (int)size - length), length);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return new FileBytes(buffer, length, isRepeatable: true);
    }

    /// <summary>Unpacks a file that is packed; only its beginning if that is not wanted.</summary>
    private static FileBytes? Unpacked(FileBytes? file, string path, HeadTest? isWanted)
    {
        if (file is null || !GzipFile.IsPacked(path, file.Memory.Span))
        {
            return file;
        }

        using (file)
        {
            if (isWanted is not null && !isWanted(GzipFile.UnpackHead(file.Memory, HeadLength)))
            {
                return null;
            }

            var content = GzipFile.Unpack(path, file.Memory);
            var buffer = Rent(content.Length);
            content.CopyTo(buffer);
            return new FileBytes(buffer, content.Length, isRepeatable: true);
        }
    }

    private static bool IsPooled(int size) => size <= LargestPooled;

    private static byte[] Rent(int size) =>
        IsPooled(size)
            ? ArrayPool<byte>.Shared.Rent(Math.Max(size, SmallestPooled))
            : GC.AllocateUninitializedArray<byte>(size);

    private static void Return(byte[] buffer)
    {
        if (IsPooled(buffer.Length))
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = Rent(length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        Return(buffer);
        return larger;
    }

    private static CassetteException TooLarge(string name) =>
        new(CassetteError.CassetteUnreadable, name, "larger than 2 GiB, which no cassette is");
}
