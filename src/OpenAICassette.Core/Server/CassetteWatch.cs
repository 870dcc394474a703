using OpenAICassette.Formats;
using OpenAICassette.Matching;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Notices cassettes that are added, replaced or removed while a server runs. It looks when a request has no recording,
/// first only at the times of the folders.
/// </summary>
/// <param name="paths">The files and folders.</param>
/// <param name="player">The player that answers from them.</param>
/// <param name="problem">Receives files that cannot be loaded; null to leave them out.</param>
internal sealed class CassetteWatch(IReadOnlyList<string> paths, RequestPlayer player, Action<CassetteLoad>? problem)
{
    /// <summary>The time within which a change may leave the time of a file or folder as it is.</summary>
    private static readonly TimeSpan s_grain = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, WatchedFile> _files = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Dictionary<string, DateTime>? _folders;
    private DateTime _looked;

    /// <summary>Adds a file that was read when the server started; null for the entries of one that is no cassette.</summary>
    public void Add(CassetteLoad load, IReadOnlyList<MatchEntry>? entries)
    {
        _files[load.File.Path] = new WatchedFile(entries ?? [], load.Stamp ?? FileStamp.Of(load.File.Path));
    }

    /// <summary>Looks for changes and loads what is new.</summary>
    /// <returns>True if recordings were added or removed.</returns>
    public bool Refresh()
    {
        lock (_lock)
        {
            if (_folders is not null && !_folders.Any(folder => IsChanged(folder.Key, folder.Value)))
            {
                return false;
            }

            _looked = DateTime.UtcNow;
            _folders = Folders();
            var files = paths.SelectMany(path => CassetteStore.Find(path, recurse: true)).ToList();
            var gone = _files.Keys.Except(files.Select(file => file.Path), StringComparer.Ordinal).ToList();
            var changed = files.Where(IsChanged).ToList();
            foreach (var path in gone.Concat(changed.Select(file => file.Path)))
            {
                if (_files[path].Entries is { Count: > 0 } old)
                {
                    player.Remove(old);
                }
            }

            gone.ForEach(path => _files.Remove(path));
            Load(changed);
            return gone.Count + changed.Count > 0;
        }
    }

    private void Load(List<CassetteFile> files)
    {
        foreach (var (load, entries) in CassetteStore.Lend(files, (cassette, _) => player.Prepare(cassette)))
        {
            _files[load.File.Path] = _files[load.File.Path] with { Entries = entries ?? [] };
            if (entries is not null)
            {
                player.Add(entries);
            }
            else
            {
                problem?.Invoke(load);
            }
        }
    }

    private bool IsChanged(CassetteFile file)
    {
        var stamp = FileStamp.Of(file.Path);
        var isKnown = _files.TryGetValue(file.Path, out var before);
        _files[file.Path] = isKnown ? before with { Stamp = stamp } : new WatchedFile([], stamp);
        return file.Error is null && !(isKnown && before.Stamp == stamp);
    }

    private bool IsChanged(string folder, DateTime before)
    {
        var now = Directory.GetLastWriteTimeUtc(folder);
        return now != before || now > _looked - s_grain;
    }

    /// <summary>Returns the folders and named files with their times.</summary>
    private Dictionary<string, DateTime> Folders()
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        return paths
            .Select(Path.GetFullPath)
            .SelectMany(path =>
                Directory.Exists(path) ? Directory.EnumerateDirectories(path, "*", options).Prepend(path) : [path]
            )
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(path => path, Directory.GetLastWriteTimeUtc, StringComparer.Ordinal);
    }

    private readonly record struct WatchedFile(IReadOnlyList<MatchEntry> Entries, FileStamp Stamp);
}
