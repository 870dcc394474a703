using System.Buffers;
using System.Security.Cryptography;
using OpenAICassette.Cassettes;
using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>
/// Collects the body of an upstream's answer with the arrival times of its bytes. A large body that is not text goes to a
/// file instead of memory.
/// </summary>
/// <param name="share">Counts the bytes in memory.</param>
internal sealed class ReceivedBody(BodyShare share) : IDisposable
{
    /// <summary>The maximum length in memory. A longer body is forwarded but not recorded.</summary>
    private const int MostBytes = 64 << 20;

    /// <summary>The maximum length in a file.</summary>
    private const long MostFileBytes = 4L << 30;

    private readonly List<(int Length, TimeSpan At)> _arrivals = [];
    private ArrayBufferWriter<byte> _bytes = new();
    private string? _folder;
    private FileStream? _file;
    private IncrementalHash? _hash;

    /// <summary>Gets whether the body, or all bodies in transit together, exceeded the limit for recording.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Gets the bytes; none if they are in a file.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Gets how many bytes had arrived at each time.</summary>
    public IReadOnlyList<(int Length, TimeSpan At)> Arrivals => _arrivals;

    /// <summary>Allows a large body to go to a temporary file.</summary>
    /// <param name="folder">The folder of the file; it is created if necessary.</param>
    public void AllowFile(string folder) => _folder = folder;

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">The time since the request was sent.</param>
    public void Add(ReadOnlySpan<byte> bytes, TimeSpan at)
    {
        if (_file is null && _folder is not null && _bytes.WrittenCount + bytes.Length > Sidecar.Shortest)
        {
            MoveToFile(_folder);
        }

        var isTooLong = _file is null
            ? bytes.Length > MostBytes - _bytes.WrittenCount || !share.TryTake(bytes.Length)
            : bytes.Length > MostFileBytes - _file.Length;
        if (IsTooLong || isTooLong)
        {
            IsTooLong = true;
            Release();
        }
        else if (_file is null)
        {
            _bytes.Write(bytes);
            _arrivals.Add((_bytes.WrittenCount, at));
        }
        else
        {
            Write(bytes);
        }
    }

    /// <summary>Completes the file and returns it; null if the body is in memory.</summary>
    public BodyFile? ToFile()
    {
        if (_file is null)
        {
            return null;
        }

        var file = new Sidecar(Sidecar.NameOf(_hash!.GetCurrentHash()), _file.Length);
        _file.Flush();
        return new BodyFile(_file.Name, file);
    }

    /// <summary>Releases the bytes, and removes the file if it is still where it was.</summary>
    public void Release()
    {
        _bytes = new ArrayBufferWriter<byte>();
        share.GiveAll();
        _folder = null;
        if (_file is { } file)
        {
            _file = null;
            file.Dispose();
            File.Delete(file.Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _hash?.Dispose();
    }

    private void MoveToFile(string folder)
    {
        _folder = null;
        if (PayloadContent.IsTextSoFar(_bytes.WrittenSpan))
        {
            // Text is searched for secrets, so it stays in memory.
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Join(folder, $".{Guid.NewGuid():N}.tmp");
            var share = FileShare.Read | FileShare.Delete;
            _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, share);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The recording will fail in the same way, and says why.
            return;
        }

        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Write(_bytes.WrittenSpan);
        _bytes = new ArrayBufferWriter<byte>();
        share.GiveAll();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _file!.Write(bytes);
        _hash!.AppendData(bytes);
    }
}
