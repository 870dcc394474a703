namespace OpenAICassette.Capture;

/// <summary>
/// Holds the cassettes of the last folders, so that a suite in which many tests use one folder reads it once. A file
/// that has changed since is read again.
/// </summary>
internal static class IndexedFolders
{
    private const int MostFolders = 8;

    private static readonly Lock s_lock = new();
    private static readonly List<IndexedFolder> s_folders = [];

    /// <summary>Returns the cassettes of a file or folder, in path order.</summary>
    /// <param name="path">The file or folder; folders are searched recursively.</param>
    /// <exception cref="CassetteException">The path does not exist, or a file cannot be read.</exception>
    public static IReadOnlyList<Cassette> Load(string path) => Folder(Path.GetFullPath(path)).Load();

    private static IndexedFolder Folder(string path)
    {
        lock (s_lock)
        {
            var found = s_folders.Find(folder => folder.Path == path) ?? new IndexedFolder(path);
            s_folders.Remove(found);
            s_folders.Add(found);
            if (s_folders.Count > MostFolders)
            {
                s_folders.RemoveAt(0);
            }

            return found;
        }
    }
}
