using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats;

/// <summary>Represents the size and time of a file.</summary>
/// <param name="Length">The size in bytes; -1 if there is no file.</param>
/// <param name="Written">When it was last written.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>Returns the stamp of a file.</summary>
    public static FileStamp Of(string path) => Of(new FileInfo(path));

    /// <summary>Returns the stamp of a file; null if it has no content.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="opened">The file if it was opened.</param>
    public static FileStamp? OfContent(string path, OpenedFile? opened)
    {
        if (opened is not null)
        {
            return opened.Length > 0 ? new FileStamp(opened.Length, opened.Written) : null;
        }

        var file = new FileInfo(path);
        return FileBytes.HasContent(file) ? Of(file) : null;
    }

    private static FileStamp Of(FileInfo file) => new(file.Exists ? file.Length : -1, file.LastWriteTimeUtc);
}
