namespace OpenAICassette.Formats;

/// <summary>Represents the size and time of a file.</summary>
/// <param name="Length">The size in bytes; -1 if there is no file.</param>
/// <param name="Written">When it was last written.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>Returns the stamp of a file.</summary>
    public static FileStamp Of(string path) => Of(new FileInfo(path));

    /// <summary>Returns the stamp of a file as it was when it was first looked at.</summary>
    public static FileStamp Of(FileInfo file) => new(file.Exists ? file.Length : -1, file.LastWriteTimeUtc);
}
