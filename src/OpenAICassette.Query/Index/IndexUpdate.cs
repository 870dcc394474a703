using OpenAICassette.Formats;

namespace OpenAICassette.Query.Index;

/// <summary>
/// Updates an index: files that are new or changed are read on all cores, and what is known of all others stays.
/// </summary>
internal sealed class IndexUpdate
{
    private const string Gone = "gone";
    private const string Restated = "restated";

    private readonly IndexOptions _options;
    private readonly IndexFolder _folder;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileStamp> _stamps = new(StringComparer.Ordinal);
    private readonly List<string> _changed = [];
    private readonly List<string> _restated = [];
    private readonly IndexSummary _summary = new();
    private Dictionary<string, IndexedFile> _known = [];

    private IndexUpdate(IndexOptions options)
    {
        _options = options;
        _folder = new IndexFolder(Path.GetFullPath(options.Folder));
    }

    /// <summary>Updates an index.</summary>
    /// <param name="paths">Files and folders. Files of the index that are elsewhere stay as they are.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellation">Stops the update; the index stays as it was.</param>
    /// <exception cref="QueryException">The index cannot be used.</exception>
    /// <exception cref="CassetteException">The index cannot be written.</exception>
    public static IndexSummary Run(IEnumerable<string> paths, IndexOptions options, CancellationToken cancellation)
    {
        try
        {
            return new IndexUpdate(options).Run(paths, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                options.Folder,
                $"the index was not written: {e.Message}",
                inner: e
            );
        }
    }

    private IndexSummary Run(IEnumerable<string> paths, CancellationToken cancellation)
    {
        _folder.RequireCount(_options.Shard);
        using var held = FileLock.Take(Path.Join(_folder.Path, $".{_options.Shard.FileName}"));
        using var database = new Database();
        var shard = new ShardFiles(database, _folder, _options);
        _known = shard.Load();
        using (var writer = new RowWriter(database, ShardFiles.NewRows))
        {
            var roots = new List<string>();
            foreach (var path in paths)
            {
                roots.Add(Path.GetFullPath(path));
                Read(roots[^1], writer, cancellation);
            }

            Remove(roots);
        }

        if (_changed.Count > 0 || _restated.Count > 0 || !shard.IsCurrent)
        {
            WriteList(database, Gone, _changed);
            WriteList(database, Restated, [.. _changed, .. _restated]);
            shard.Write(Gone, Restated, _changed.Count > 0, cancellation);
        }

        return _summary;
    }

    /// <summary>Reads the files of a path that are new or changed.</summary>
    private void Read(string path, RowWriter writer, CancellationToken cancellation)
    {
        var files = CassetteStore.Find(path, _options.IsRecursive).Where(IsChanged);
        foreach (
            var (load, rows) in CassetteStore.Lend(
                files,
                (cassette, file) => FileRows.Read(cassette, file.Path, _options.Content, KnownHash(file.Path)),
                cancellation
            )
        )
        {
            Add(load, rows, writer);
        }
    }

    /// <summary>Returns whether a file has to be read, and counts those that have not.</summary>
    private bool IsChanged(CassetteFile file)
    {
        if (file.Error is { } error)
        {
            // A folder that cannot be searched is no file.
            _options.Problem(error);
            _summary.Failed++;
            return false;
        }

        if (IsInside(file.Path, _folder.Path) || !_options.Shard.Owns(file.Path) || !_seen.Add(file.Path))
        {
            return false;
        }

        // Before the file is read: if it changes meanwhile, the next update reads it again.
        var stamp = FileStamp.Of(file.Path);
        _summary.Files++;
        if (
            !_known.TryGetValue(file.Path, out var known)
            || !known.IsSettled
            || (file.Named && known.State == FileState.Skipped)
            || !known.HasStamp(stamp)
        )
        {
            _stamps[file.Path] = stamp;
            return true;
        }

        _summary.Unchanged++;
        _summary.Interactions += known.Interactions;
        if (known.State == FileState.Error)
        {
            _options.Problem(new CassetteException(CassetteError.CassetteDamaged, file.Path, known.Problem!));
            _summary.Failed++;
        }

        return false;
    }

    private string? KnownHash(string path) =>
        _known.TryGetValue(path, out var known) && known.State == FileState.Cassette ? known.ContentHash : null;

    private void Add(CassetteLoad load, FileRows? rows, RowWriter writer)
    {
        var path = load.File.Path;
        if (load.Error is { } error)
        {
            _options.Problem(error);
            _summary.Failed++;
            if (error.Error == CassetteError.CassetteNotFound)
            {
                _seen.Remove(path);
                return;
            }
        }

        _summary.Read++;
        _stamps.Remove(path, out var stamp);
        var state =
            load.Cassette is not null ? FileState.Cassette
            : load.Error is not null ? FileState.Error
            : FileState.Skipped;
        var isSame = rows?.IsKnown ?? (state == FileState.Skipped && _known.GetValueOrDefault(path)?.State == state);
        (isSame ? _restated : _changed).Add(path);
        var interactions = load.Cassette?.Interactions.Count ?? 0;
        _summary.Interactions += interactions;
        if (rows is not null)
        {
            writer.Write(rows);
        }

        var indexed = new IndexedFile(
            stamp.Length,
            IndexedFile.InMicroseconds(stamp.Written),
            IndexedFile.InMicroseconds(DateTime.UtcNow),
            rows?.ContentHash ?? string.Empty,
            state,
            load.Error?.Problem,
            load.Cassette?.Format,
            interactions
        );
        writer.Write(IndexTable.Files, indexed.RowOf(path));
    }

    /// <summary>Removes the files that are no longer where the paths were searched.</summary>
    private void Remove(List<string> roots)
    {
        foreach (var path in _known.Keys.Where(path => !_seen.Contains(path)))
        {
            var isSearched = roots.Exists(root =>
                path == root || (Directory.Exists(root) && IsInside(path, root) && !File.Exists(path))
            );
            if (isSearched)
            {
                _changed.Add(path);
                _summary.Removed++;
            }
        }
    }

    private static bool IsInside(string path, string folder) =>
        path.StartsWith(
            Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    private static void WriteList(Database database, string name, IEnumerable<string> paths)
    {
        database.Execute($"CREATE TABLE {name} (path VARCHAR)");
        using var appender = database.Connection.CreateAppender(name);
        foreach (var path in paths)
        {
            appender.CreateRow().AppendValue(path).EndRow();
        }
    }
}
