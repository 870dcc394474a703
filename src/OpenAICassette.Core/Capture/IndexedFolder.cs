using OpenAICassette.Formats;

namespace OpenAICassette.Capture;

/// <summary>Represents the cassettes of a file or folder as they were when they were last asked for.</summary>
/// <param name="path">The full path.</param>
internal sealed class IndexedFolder(string path)
{
    private readonly Lock _lock = new();
    private Dictionary<string, IndexedFile> _files = new(StringComparer.Ordinal);

    /// <summary>Gets the full path.</summary>
    public string Path => path;

    /// <summary>Returns the cassettes in path order. Only files that are new or have changed are read.</summary>
    /// <exception cref="CassetteException">The path does not exist, or a file cannot be read.</exception>
    public IReadOnlyList<Cassette> Load()
    {
        lock (_lock)
        {
            var files = CassetteStore.Find(path, recurse: true).ToList();
            var known = new Dictionary<string, IndexedFile>(StringComparer.Ordinal);
            var changed = new List<(CassetteFile File, FileStamp Stamp)>();
            foreach (var file in files)
            {
                var stamp = FileStamp.Of(file.Path);
                if (_files.TryGetValue(file.Path, out var before) && before.Stamp == stamp)
                {
                    known[file.Path] = before;
                }
                else
                {
                    changed.Add((file, stamp));
                }
            }

            var loads = CassetteStore.Load(changed.Select(change => change.File));
            foreach (var (load, (file, stamp)) in loads.Zip(changed))
            {
                known[file.Path] = load.Error is { } error
                    ? throw error
                    : new IndexedFile(stamp, load.SkippedBecause is null ? load.Cassette : null);
            }

            _files = known;
            return [.. files.Select(file => known[file.Path].Cassette).OfType<Cassette>()];
        }
    }

    private sealed record IndexedFile(FileStamp Stamp, Cassette? Cassette);
}
