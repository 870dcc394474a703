using System.Collections;
using System.Management.Automation;

namespace OpenAICassette.Completion;

/// <summary>
/// The cassettes that can be meant at a prompt. Beside the running servers this is the one state of the whole process:
/// what was read of the last few folders, so that the next completion need not read them again. It decides nothing but
/// what completion offers.
/// </summary>
internal static class CassetteIndex
{
    private const int MostFolders = 4;

    /// <summary>How long a prompt waits. What was not read by then is there the next time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(60);
    private static readonly Lock s_lock = new();
    private static readonly List<FolderIndex> s_folders = [];

    /// <summary>
    /// The cassettes of the path that was typed for a cmdlet, else of the current folder; as many as are known in time.
    /// </summary>
    /// <param name="bound">The parameters that were typed.</param>
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

    /// <summary>What is known in time of the files of folders.</summary>
    /// <param name="folders">
    /// The folders' full paths, and whether to go into their subfolders; of many only a few are looked at.
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
