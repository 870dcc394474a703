using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using OpenAICassette.Cassettes;
using OpenAICassette.Http;

namespace OpenAICassette.Server;

/// <summary>
/// Collects the body of an upstream's answer with the arrival times of its bytes. A large body goes to a file instead of
/// memory: one that is not text to the file that becomes its sidecar, text to a temporary one, because it is searched
/// for secrets.
/// </summary>
/// <param name="share">Counts the bytes in memory.</param>
/// <param name="files">The budget for temporary files.</param>
internal sealed class ReceivedBody(BodyShare share, BodyBudget files) : IDisposable
{
    /// <summary>The maximum length of text. A longer one is forwarded but not recorded.</summary>
    private const int MostText = 256 << 20;

    /// <summary>The maximum length of a body that takes much more memory, or can be much longer, than it seems.</summary>
    private const int MostInflated = 64 << 20;

    /// <summary>The maximum length of a sidecar.</summary>
    private const long MostSidecar = 4L << 30;

    private readonly List<(int Length, TimeSpan At)> _arrivals = [];
    private ArrayBufferWriter<byte> _bytes = new();
    private ArrivingBody? _text;
    private string? _folder;
    private FileStream? _file;
    private IncrementalHash? _hash;

    /// <summary>Gets why the body cannot be recorded; null if it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>
    /// Gets or sets whether the body is a stream of events, which are many objects in memory, or was decoded: it can be
    /// a thousand times as long as what the service sent.
    /// </summary>
    public bool IsInflated { get; set; }

    /// <summary>Gets the number of bytes that are not in a sidecar.</summary>
    public int Length => (int?)_text?.Length ?? _bytes.WrittenCount;

    /// <summary>Gets how many bytes had arrived at each time.</summary>
    public IReadOnlyList<(int Length, TimeSpan At)> Arrivals => _arrivals;

    /// <summary>Allows a large body to go to a sidecar.</summary>
    /// <param name="folder">The folder of the file; it is created if necessary.</param>
    public void AllowFile(string folder) => _folder = folder;

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">The time since the request was sent.</param>
    public void Add(ReadOnlySpan<byte> bytes, TimeSpan at)
    {
        if (Problem is not null)
        {
            return;
        }

        try
        {
            if (_folder is { } folder && _bytes.WrittenCount + bytes.Length > Sidecar.Shortest)
            {
                MoveToSidecar(folder);
            }

            if (_file is null && _text is null && _bytes.WrittenCount + bytes.Length > FileBody.Shortest)
            {
                MoveToFile();
            }

            Problem = TryAdd(bytes, at);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadRequestException)
        {
            Problem = NotKept(e);
        }

        if (Problem is not null)
        {
            Release();
        }
    }

    /// <summary>Returns the bytes that are not in a sidecar. No more can be added.</summary>
    public ReadOnlyMemory<byte> ToMemory()
    {
        try
        {
            return _text?.ToMemory() ?? _bytes.WrittenMemory;
        }
        catch (BadRequestException e)
        {
            Problem = NotKept(e);
            return default;
        }
    }

    /// <summary>Completes the sidecar and returns it; null if there is none.</summary>
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

    /// <summary>Releases the bytes, and removes the files if they are still where they were.</summary>
    public void Release()
    {
        _bytes = new ArrayBufferWriter<byte>();
        share.GiveAll();
        _text?.Dispose();
        _text = null;
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

    /// <summary>Adds bytes where the body is.</summary>
    /// <returns>Why that is not possible; null if it is done.</returns>
    private string? TryAdd(ReadOnlySpan<byte> bytes, TimeSpan at)
    {
        if (_file is not null)
        {
            Write(bytes);
            return _file.Length > MostSidecar ? TooLong(MostSidecar) : null;
        }

        var most = IsInflated ? MostInflated : MostText;
        if (Length + bytes.Length > most)
        {
            return TooLong(most);
        }

        if (_text is not null)
        {
            _text.Write(bytes);
        }
        else if (share.TryTake(bytes.Length))
        {
            _bytes.Write(bytes);
        }
        else
        {
            return "all answers in transit together are too long";
        }

        _arrivals.Add((Length, at));
        return null;
    }

    private void MoveToSidecar(string folder)
    {
        _folder = null;
        if (PayloadContent.IsTextSoFar(_bytes.WrittenSpan))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var path = Path.Join(folder, $".{Guid.NewGuid():N}.tmp");
        var sharing = FileShare.Read | FileShare.Delete;
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, sharing);
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Write(_bytes.WrittenSpan);
        ForgetMemory();
    }

    private void MoveToFile()
    {
        _text = new ArrivingBody(files);
        _text.Write(_bytes.WrittenSpan);
        ForgetMemory();
    }

    private void ForgetMemory()
    {
        _bytes = new ArrayBufferWriter<byte>();
        share.GiveAll();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _file!.Write(bytes);
        _hash!.AppendData(bytes);
    }

    private static string NotKept(Exception e) => $"the answer cannot be kept in a file: {e.Message}";

    private static string TooLong(long most) =>
        string.Create(CultureInfo.InvariantCulture, $"the answer is longer than {most >> 20} MB");
}
