using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats;

/// <summary>Finds the files below a folder, in the same order on every file system.</summary>
internal static class CassetteFolder
{
    /// <summary>The folder in which a tool for Python keeps what tests received.</summary>
    private const string InlineSnapshot = ".inline-snapshot";

    /// <summary>
    /// Returns the files of a folder, ordered by name segment by segment. Links to folders, which may lead in circles,
    /// are left out, and so are hidden entries but for the folders of inline-snapshot, which hold recorded streams.
    /// </summary>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="recurse">Whether to go into its subfolders.</param>
    public static IEnumerable<CassetteFile> Files(string folder, bool recurse) =>
        Files(new DirectoryInfo(folder), string.Empty, recurse);

    private static IEnumerable<CassetteFile> Files(DirectoryInfo folder, string prefix, bool recurse)
    {
        var entries = Entries(folder, out var error);
        if (error is not null)
        {
            yield return new CassetteFile(folder.FullName, prefix, false, error);
        }

        foreach (var entry in entries)
        {
            var relative = prefix + entry.Name;
            if (entry is not DirectoryInfo below)
            {
                if (Sidecar.IsName(entry.Name))
                {
                    continue;
                }

                yield return new CassetteFile(entry.FullName, relative, Named: false);
            }
            else if (recurse && below.LinkTarget is null)
            {
                foreach (var file in Files(below, relative + "/", recurse))
                {
                    yield return file;
                }
            }
        }
    }

    private static FileSystemInfo[] Entries(DirectoryInfo folder, out CassetteException? error)
    {
        error = null;
        try
        {
            var visible = folder.GetFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = false });
            var snapshots = new DirectoryInfo(Path.Join(folder.FullName, InlineSnapshot));
            FileSystemInfo[] entries =
                snapshots.Exists && !visible.Any(entry => entry.Name == InlineSnapshot)
                    ? [.. visible, snapshots]
                    : visible;
            Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = e is UnauthorizedAccessException ? "no permission to list this folder" : e.Message;
            error = new CassetteException(CassetteError.CassetteUnreadable, folder.FullName, problem, inner: e);
            return [];
        }
    }
}
