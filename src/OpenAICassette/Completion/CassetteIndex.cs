using System.Collections;
using System.Management.Automation;

namespace OpenAICassette.Completion;

/// <summary>
/// Caches cassettes for completion. Besides the running servers, this is the only process-wide state: the contents of
/// the last few folders, which the next completion does not read again. It affects only completion.
/// </summary>
internal static class CassetteIndex
{
    private const int MostFolders = 4;

    /// <summary>The time limit of a completion. Files that are read later are offered the next time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(60);
    private static readonly Lock s_lock = new();
    private static readonly List<FolderIndex> s_folders = [];

    /// <summary>
    /// Returns the cassettes of the typed path, otherwise those of the current folder, as far as they are known in
    /// time.
    /// </summary>
    /// <param name="bound">The typed parameters.</param>
    public static IReadOnlyList<Cassette> Of(IDictionary bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var location = (
            (EngineIntrinsics)PSObject.AsPSObject(ScriptBlock.Create("$ExecutionContext").InvokeReturnAsIs()).BaseObject
        )
            .SessionState
            .Path;
        var isLiteral = bound.Contains("LiteralPath");
        var typed = isLiteral ? bound["LiteralPath"] : bound["Path"];
        var paths = (typed is IEnumerable several and not string ? several.Cast<object?>() : [typed])
            .Select(path => $"{path}")
            .Where(path => path.Length > 0)
            .DefaultIfEmpty(".");
        var recurse = LanguagePrimitives.IsTrue(bound["Recurse"]);
        var meant = paths.Select(path => TypedPath.Of(location, path, isLiteral)).OfType<TypedPath>().ToList();
        return
        [
            .. Read(meant.Select(path => (path.Root, recurse || path.Recurse)))
                .SelectMany(index => index.Cassettes)
                .Where(cassette => meant.Exists(path => path.Holds(cassette.Path!))),
        ];
    }

    /// <summary>Returns what is known in time of the files of folders.</summary>
    /// <param name="folders">
    /// The full paths of folders, and whether to include their subfolders; only the first few are read.
    /// </param>
    public static IReadOnlyList<FolderIndex> Read(IEnumerable<(string Path, bool Recurse)> folders)
    {
        var indexes = folders
            .Distinct()
            .Take(MostFolders)
            .Select(folder => Index(folder.Path, folder.Recurse))
            .ToList();
        Task.WaitAll([.. indexes.Select(index => index.Read())], s_patience);
        return indexes;
    }

    private static FolderIndex Index(string folder, bool recurse)
    {
        lock (s_lock)
        {
            var index = s_folders.Find(known => known.IsOf(folder, recurse)) ?? new FolderIndex(folder, recurse);
            s_folders.Remove(index);
            s_folders.Add(index);
            if (s_folders.Count > MostFolders)
            {
                s_folders[0].Dispose();
                s_folders.RemoveAt(0);
            }

            return index;
        }
    }
}
