using System.IO.Enumeration;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats;

/// <summary>Finds the files below a folder, in the same order on every file system.</summary>
internal static class CassetteFolder
{
    /// <summary>The folder in which a tool for Python keeps what tests received.</summary>
    private const string InlineSnapshot = ".inline-snapshot";

    /// <summary>Hidden entries are left out; only Windows knows others, and elsewhere to ask costs a look at each.</summary>
    private static readonly EnumerationOptions s_visible = new()
    {
        IgnoreInaccessible = false,
        AttributesToSkip = OperatingSystem.IsWindows()
            ? FileAttributes.Hidden | FileAttributes.System
            : FileAttributes.Hidden,
    };

    /// <summary>
    /// Returns the files of a folder, ordered by name segment by segment. Links to folders, which may lead in circles,
    /// are left out, and so are hidden entries but for the folders of inline-snapshot, which hold recorded streams.
    /// </summary>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="recurse">Whether to go into its subfolders.</param>
    public static IEnumerable<CassetteFile> Files(string folder, bool recurse) => Files(folder, string.Empty, recurse);

    private static IEnumerable<CassetteFile> Files(string folder, string prefix, bool recurse)
    {
        var entries = Entries(folder, out var error);
        if (error is not null)
        {
            yield return new CassetteFile(folder, prefix, false, error);
        }

        foreach (var (name, kind) in entries)
        {
            var path = Path.Join(folder, name);
            if (kind == EntryKind.File)
            {
                if (!Sidecar.IsName(name))
                {
                    yield return new CassetteFile(path, prefix + name, Named: false);
                }
            }
            else if (recurse && kind == EntryKind.Folder)
            {
                foreach (var file in Files(path, prefix + name + "/", recurse))
                {
                    yield return file;
                }
            }
        }
    }

    private static List<Entry> Entries(string folder, out CassetteException? error)
    {
        error = null;
        try
        {
            List<Entry> entries = [.. new FileSystemEnumerable<Entry>(folder, EntryOf, s_visible)];
            var snapshots = new DirectoryInfo(Path.Join(folder, InlineSnapshot));
            if (snapshots.Exists && !entries.Exists(entry => entry.Name == InlineSnapshot))
            {
                var kind = snapshots.LinkTarget is null ? EntryKind.Folder : EntryKind.LinkedFolder;
                entries.Add(new Entry(InlineSnapshot, kind));
            }

            entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = e is UnauthorizedAccessException ? "no permission to list this folder" : e.Message;
            error = new CassetteException(CassetteError.CassetteUnreadable, folder, problem, inner: e);
            return [];
        }
    }

    /// <summary>Returns what the folder itself says of an entry: of files nothing more is asked here.</summary>
    private static Entry EntryOf(ref FileSystemEntry entry)
    {
        var isLink = entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        return new Entry(
            entry.FileName.ToString(),
            isLink ? EntryKind.LinkedFolder
                : entry.IsDirectory ? EntryKind.Folder
                : EntryKind.File
        );
    }

    /// <summary>
    /// Represents an entry of a folder. For a value, .NET would compile lists and iterators while they run.
    /// </summary>
    private sealed record Entry(string Name, EntryKind Kind);

    private enum EntryKind
    {
        File,
        Folder,
        LinkedFolder,
    }
}
