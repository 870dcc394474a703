using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette.Recording;

/// <summary>
/// Names and writes new recordings, which have a number in their names. Existing files are never replaced, including
/// those of other servers that record into the same folder. If everything is recorded anew, the first new recording of
/// a request replaces those that existed at the start.
/// </summary>
internal sealed class RecordingFiles
{
    private static readonly Dictionary<string, ReadOnlyMemory<byte>> s_none = [];

    private readonly string _folder;
    private readonly bool _hasKeyNames;
    private readonly Dictionary<string, string?> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTime> _old = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private static IRecordingFormat Format => CassetteFormats.Recording;

    /// <summary>Prepares the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replaces">True to replace the recordings that exist now.</param>
    /// <param name="hasKeyNames">
    /// True for the names that the recorder of the format looks for; a later recording of a request has its ordinal there.
    /// </param>
    public RecordingFiles(string folder, bool replaces, bool hasKeyNames)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _hasKeyNames = hasKeyNames;
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
        var key = Format.PathOf(recording);
        var place = _hasKeyNames ? key : RecordingNames.Of(recording);
        while (true)
        {
            var (ordinal, old) = Take(place, key);
            var relative = Relative(place, ordinal);
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
                RemoveOld(place, ordinal, key);
                return sidecars is null or { Count: 0 } && received is null ? written : Reopened(path, relative);
            }
        }
    }

    /// <summary>
    /// Returns the next ordinal of a request whose place is free or holds a recording that existed at the start, with
    /// the time at which that was written.
    /// </summary>
    private (int Ordinal, DateTime? Old) Take(string place, string key)
    {
        lock (_lock)
        {
            // Names that are not made of keys may belong to another request, whose old recording is not to be replaced.
            var first = _hasKeyNames || _old.Count == 0 ? _last.GetValueOrDefault(place) + 1 : 1;
            for (var ordinal = first; ; ordinal++)
            {
                var path = PathOf(place, ordinal);
                var old = IsOld(path, out var written) && (_hasKeyNames || KeyOf(path) == key);
                if (!old && Path.Exists(path))
                {
                    continue;
                }

                _old.Remove(path);
                _last[place] = ordinal;
                return (ordinal, old ? written : null);
            }
        }
    }

    /// <summary>
    /// Removes the other recordings of a request that were there at the start and are still what they were.
    /// </summary>
    private void RemoveOld(string place, int after, string key)
    {
        lock (_lock)
        {
            foreach (var path in OldOf(place, after, key).ToList())
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

    /// <summary>Returns the recordings of a request that existed at the start, apart from those before an ordinal.</summary>
    private IEnumerable<string> OldOf(string place, int after, string key) =>
        _hasKeyNames
            ? Enumerable
                .Range(after + 1, _old.Count)
                .Select(ordinal => PathOf(place, ordinal))
                .TakeWhile(_old.ContainsKey)
            : _old.Keys.Where(path => KeyOf(path) == key);

    /// <summary>Returns what an old recording would be called by its key; null for a file that is not a recording.</summary>
    private string? KeyOf(string path)
    {
        if (!_keys.TryGetValue(path, out var key))
        {
            try
            {
                key = Format.PathOf(Format.Open(File.ReadAllBytes(path)));
            }
            catch (Exception e) when (e is CassetteException or IOException or UnauthorizedAccessException)
            {
                key = null;
            }

            _keys[path] = key;
        }

        return key;
    }

    private string Relative(string place, int ordinal) =>
        _hasKeyNames ? Format.PathOf(place, ordinal) : RecordingNames.File(place, ordinal);

    private string PathOf(string place, int ordinal) => Path.GetFullPath(Path.Join(_folder, Relative(place, ordinal)));
}
