using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace OpenAICassette.Http;

/// <summary>
/// Represents the body of a request in a temporary file that only this user can read. The system keeps as much of it in
/// memory as it can spare. The file goes with the request; its bytes stay valid as long as anything refers to them.
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
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
                PreallocationSize = length,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var path = Path.Join(Path.GetTempPath(), $".cassette-{Guid.NewGuid():N}.tmp");
            return new MappedBody(new FileStream(path, options), length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadRequestException(507, $"the request's body cannot be kept in a temporary file: {e.Message}");
        }
    }

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
