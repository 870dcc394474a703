using System.Collections.Concurrent;

namespace OpenAICassette.Completion;

/// <summary>
/// The cassettes of one folder, for completion. It is read in the background and can be asked before that is done; a
/// second reading only opens files whose size or time has changed.
/// </summary>
/// <param name="folder">The folder's full path; that of a file stands for the file.</param>
/// <param name="recurse">Whether to go into its subfolders.</param>
internal sealed class FolderIndex(string folder, bool recurse) : IDisposable
{
    /// <summary>Nobody completes from more, and a mistyped path may be the root of a disk.</summary>
    private const int MostFiles = 10_000;

    /// <summary>How long a reading takes at most; the next one goes on from there.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, IndexedFile> _files = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Task _reading = Task.CompletedTask;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The cassettes that are known so far.</summary>
    public IEnumerable<Cassette> Cassettes => _files.Values.Select(file => file.Cassette).OfType<Cassette>();

    /// <summary>True for the index of a folder.</summary>
    public bool IsOf(string otherFolder, bool otherRecurse) => folder == otherFolder && recurse == otherRecurse;

    /// <summary>What is known of a file; null when it has not been read.</summary>
    public IndexedFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>Reads the folder again, unless that is under way.</summary>
    /// <returns>The reading, which goes on when nobody waits for it any more. It does not fail.</returns>
    public Task Read()
    {
        lock (_lock)
        {
            // Loading waits for files on its thread, which so is not one of the pool's.
            return _reading = _reading.IsCompleted
                ? Task.Factory.StartNew(
                    Update,
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
                : _reading;
        }
    }

    /// <summary>Ends the reading for good.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void Update()
    {
        try
        {
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            stopping.CancelAfter(s_longest);
            Update(stopping.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // What was read by then is known.
        }
    }

    /// <summary>Looks for files and opens them at the same time, so that the first are known early.</summary>
    private void Update(CancellationToken cancellation)
    {
        var stamps = new Dictionary<string, FileStamp>(StringComparer.Ordinal);
        foreach (var load in CassetteStore.Load(Changed(stamps, cancellation), cancellation))
        {
            if (load.Error is null)
            {
                _files[load.File.Path] = new IndexedFile(stamps[load.File.Path], load.Cassette);
            }
            else
            {
                // It may be a damaged cassette, and may be readable the next time.
                _files.TryRemove(load.File.Path, out _);
            }
        }

        foreach (var gone in _files.Keys.Where(path => !stamps.ContainsKey(path)))
        {
            _files.TryRemove(gone, out _);
        }
    }

    private IEnumerable<CassetteFile> Changed(Dictionary<string, FileStamp> stamps, CancellationToken cancellation)
    {
        foreach (var file in CassetteStore.Find(folder, recurse).Where(file => file.Error is null).Take(MostFiles))
        {
            cancellation.ThrowIfCancellationRequested();
            var stamp = stamps[file.Path] = FileStamp.Of(file.Path);
            if (_files.GetValueOrDefault(file.Path)?.Stamp != stamp)
            {
                // A file that was typed is passed over like any other when it is no cassette.
                yield return file with
                {
                    Named = false,
                };
            }
        }
    }
}

/// <summary>What changes when a file does.</summary>
/// <param name="Length">The size in bytes; -1 for a file that is not there.</param>
/// <param name="Written">When it was written last.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp of a file.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return new FileStamp(file.Exists ? file.Length : -1, file.LastWriteTimeUtc);
    }
}

/// <summary>What completion knows of a file.</summary>
/// <param name="Stamp">The file's stamp when it was read.</param>
/// <param name="Cassette">The cassette; null for a file that is none.</param>
internal sealed record IndexedFile(FileStamp Stamp, Cassette? Cassette);
