using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace OpenAICassette.Http;

/// <summary>
/// Represents a body in a temporary file that only this user can read. The system keeps as much of it in
/// memory as it can spare. The file goes when the body is released; its bytes stay valid as long as anything refers to them.
/// </summary>
internal sealed unsafe class MappedBody : MemoryManager<byte>
{
    private readonly FileStream _stream;
    private readonly MemoryMappedFile _file;
    private readonly View _view;
    private readonly int _length;

    private MappedBody(FileStream stream, int length)
    {
        _stream = stream;
        _length = length;
        const MemoryMappedFileAccess access = MemoryMappedFileAccess.ReadWrite;
        _file = MemoryMappedFile.CreateFromFile(
            stream,
            null,
            length,
            access,
            HandleInheritability.None,
            leaveOpen: true
        );
        _view = new View(_file.CreateViewAccessor(0, length, access));
    }

    /// <summary>Creates a body.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="BadRequestException">There is no space for it.</exception>
    public static MappedBody Create(int length)
    {
        try
        {
            return Create(CreateFile(length), length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotKept(e);
        }
    }

    /// <summary>Makes a temporary file a body.</summary>
    /// <param name="file">The file, which is removed with the body.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="BadRequestException">There is no space for it.</exception>
    public static MappedBody Create(FileStream file, int length)
    {
        try
        {
            file.Flush();
            return new MappedBody(file, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw NotKept(e);
        }
    }

    /// <summary>
    /// Creates a temporary file that only this user can read, and that goes when it is closed. Except on Windows it has
    /// no name from the start, so that nothing is left even if the process is killed.
    /// </summary>
    /// <param name="length">The length to reserve; 0 if it is not known.</param>
    public static FileStream CreateFile(int length)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = length,
        };
        var path = Path.Join(Path.GetTempPath(), $".cassette-{Guid.NewGuid():N}.tmp");
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.Options = FileOptions.None;
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }

    /// <summary>Returns the error of a body that cannot be kept in a file.</summary>
    public static BadRequestException NotKept(Exception e) =>
        new(507, $"a body cannot be kept in a temporary file: {e.Message}");

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_view.Start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_view.Start + elementIndex, pinnable: this);

    /// <inheritdoc/>
    public override void Unpin() { }

    /// <summary>Removes the file.</summary>
    public void Release()
    {
        _file.Dispose();
        _stream.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Release();

    /// <summary>Holds the address of the bytes until nothing refers to them any more.</summary>
    private sealed class View
    {
        private readonly MemoryMappedViewAccessor _accessor;

        public View(MemoryMappedViewAccessor accessor)
        {
            byte* start = null;
            _accessor = accessor;
            accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            Start = start;
        }

        ~View() => _accessor.SafeMemoryMappedViewHandle.ReleasePointer();

        public byte* Start { get; }
    }
}
