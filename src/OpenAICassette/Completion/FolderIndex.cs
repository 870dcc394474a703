using System.Collections.Concurrent;
using OpenAICassette.Formats;

namespace OpenAICassette.Completion;

/// <summary>
/// Indexes the cassettes of one folder for completion. It is read in the background and can be used before that ends; a
/// second reading opens only files whose size or time has changed.
/// </summary>
/// <param name="folder">The full path of the folder, or of a file.</param>
/// <param name="recurse">True to include its subfolders.</param>
internal sealed class FolderIndex(string folder, bool recurse) : IDisposable
{
    /// <summary>The maximum number of files: a mistyped path may be the root of a disk.</summary>
    private const int MostFiles = 10_000;

    /// <summary>The time limit of a reading; the next one continues from there.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, IndexedFile> _files = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Task _reading = Task.CompletedTask;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Gets the cassettes that are known so far.</summary>
    public IEnumerable<Cassette> Cassettes => _files.Values.Select(file => file.Cassette).OfType<Cassette>();

    /// <summary>Returns whether this is the index of a folder.</summary>
    public bool IsOf(string otherFolder, bool otherRecurse) => folder == otherFolder && recurse == otherRecurse;

    /// <summary>Returns what is known of a file; null if it was not read.</summary>
    public IndexedFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>Reads the folder again, unless that is under way.</summary>
    /// <returns>The reading, which continues even if nobody waits for it. It does not fail.</returns>
    public Task Read()
    {
        lock (_lock)
        {
            // Loading blocks its thread, so the thread is not one of the pool.
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

    /// <summary>Stops the reading.</summary>
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
            // What was read so far is kept.
        }
    }

    /// <summary>Searches for files and opens them at the same time, so that the first ones are known early.</summary>
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
                // It may be a damaged cassette that is readable the next time.
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
                // A typed file that is not a cassette is skipped like any other.
                yield return file with
                {
                    Named = false,
                };
            }
        }
    }
}

/// <summary>Represents what completion knows of a file.</summary>
/// <param name="Stamp">The file's stamp when it was read.</param>
/// <param name="Cassette">The cassette; null if the file is not one.</param>
internal sealed record IndexedFile(FileStamp Stamp, Cassette? Cassette);
