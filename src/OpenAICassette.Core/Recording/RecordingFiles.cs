using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette.Recording;

/// <summary>
/// Names and writes new recordings. A later recording of the same request has its ordinal in its name. Existing files
/// are never replaced, including those of other servers that record into the same folder. If everything is recorded
/// anew, the first new recording of a request replaces those that existed at the start.
/// </summary>
internal sealed class RecordingFiles
{
    private static readonly Dictionary<string, ReadOnlyMemory<byte>> s_none = [];

    private readonly string _folder;
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTime> _old = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private static IRecordingFormat Format => CassetteFormats.Recording;

    /// <summary>Prepares the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replaces">True to replace the recordings that exist now.</param>
    public RecordingFiles(string folder, bool replaces)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (replaces && Directory.Exists(_folder))
        {
            foreach (var file in Directory.EnumerateFiles(_folder, "*.json", SearchOption.AllDirectories))
            {
                _old[file] = File.GetLastWriteTimeUtc(file);
            }
        }
    }

    /// <summary>Writes a recording; all of it or nothing.</summary>
    /// <param name="recording">The recording, named by its key.</param>
    /// <param name="sidecars">The content of its sidecars, by their names; null for none.</param>
    /// <param name="received">A sidecar that is already a file; null for none.</param>
    /// <returns>The cassette as a file.</returns>
    /// <exception cref="CassetteException">The file could not be written.</exception>
    public Cassette Save(
        Cassette recording,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? sidecars = null,
        BodyFile? received = null
    )
    {
        var place = Format.PathOf(recording);
        while (true)
        {
            var (ordinal, old) = Take(place);
            var relative = Format.PathOf(place, ordinal);
            var path = Path.Join(_folder, relative);
            var origin = CassetteOrigin.OfMemory(Path.GetFileName(relative)) with { RelativePath = relative };
            var cassette =
                ordinal == 1
                    ? recording.At(origin)
                    : CassetteStore.Open(Format.WithOrdinal(recording.Read(), ordinal), origin);
            var replaced = old is null ? [] : SidecarFiles.NamesIn(path);
            SidecarFiles.Write(path, sidecars ?? s_none, _folder);
            SidecarFiles.Move(path, received, _folder);
            if (CassetteStore.SaveNew(cassette, path, old, _folder) is { } written)
            {
                SidecarFiles.RemoveUnused(path, replaced);
                RemoveOld(place, ordinal);
                return sidecars is null or { Count: 0 } && received is null ? written : Reopened(path, relative);
            }
        }
    }

    /// <summary>
    /// Returns the next ordinal of a request whose place is free or holds a recording that existed at the start, with
    /// the time at which that was written.
    /// </summary>
    private (int Ordinal, DateTime? Old) Take(string place)
    {
        lock (_lock)
        {
            for (var ordinal = _last.GetValueOrDefault(place) + 1; ; ordinal++)
            {
                var path = PathOf(place, ordinal);
                var old = IsOld(path, out var written);
                _old.Remove(path);
                if (old || !Path.Exists(path))
                {
                    _last[place] = ordinal;
                    return (ordinal, old ? written : null);
                }
            }
        }
    }

    /// <summary>
    /// Removes the other recordings of a request that were there at the start and are still what they were.
    /// </summary>
    private void RemoveOld(string place, int after)
    {
        lock (_lock)
        {
            for (var ordinal = after + 1; PathOf(place, ordinal) is var path && _old.ContainsKey(path); ordinal++)
            {
                try
                {
                    var replaced = SidecarFiles.NamesIn(path);
                    AtomicFile.Delete(path, _old[path]);
                    SidecarFiles.RemoveUnused(path, replaced);
                    _old.Remove(path);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new CassetteException(
                        CassetteError.CassetteNotWritten,
                        path,
                        $"an old recording of the request could not be removed: {e.Message}",
                        inner: e
                    );
                }
            }
        }
    }

    /// <summary>Returns a recording that finds its sidecars, which one in memory does not.</summary>
    private static Cassette Reopened(string path, string relative)
    {
        var load = FileLoader.Load(new CassetteFile(path, relative, Named: true), CancellationToken.None);
        return load.Cassette ?? throw load.Error!;
    }

    private bool IsOld(string path, out DateTime written) =>
        _old.TryGetValue(path, out written) && File.GetLastWriteTimeUtc(path) == written;

    private string PathOf(string place, int ordinal) =>
        Path.GetFullPath(Path.Join(_folder, Format.PathOf(place, ordinal)));
}
