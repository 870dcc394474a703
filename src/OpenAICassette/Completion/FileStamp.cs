namespace OpenAICassette.Completion;

/// <summary>What changes when a file does.</summary>
/// <param name="Length">The size in bytes; -1 for a file that is not there.</param>
/// <param name="Written">When it was written last.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp of a file.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return new FileStamp(file.Exists ? file.Length : -1, file.LastWriteTimeUtc);
    }
}
