namespace OpenAICassette.Query;

/// <summary>
/// Represents a temporary folder with the rows that are worked on. What a killed program left, which can be large and
/// holds what was recorded, is removed by the next one.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = "cassette-query-";
    private const string LockName = ".lock";

    /// <summary>A younger folder may belong to a program that has not locked it yet.</summary>
    private static readonly TimeSpan s_youngest = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(Prefix);
    private readonly FileStream _lock;

    /// <summary>Creates a folder, and removes those of programs that were killed.</summary>
    public WorkFolder()
    {
        _lock = new FileStream(
            System.IO.Path.Join(Path, LockName),
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None
        );
        RemoveLeft(_folder.Parent!);
    }

    /// <summary>Gets the full path.</summary>
    public string Path => _folder.FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        Remove(_folder);
    }

    private static void RemoveLeft(DirectoryInfo parent)
    {
        foreach (var folder in parent.EnumerateDirectories($"{Prefix}*"))
        {
            if (folder.LastWriteTimeUtc < DateTime.UtcNow - s_youngest && !IsHeld(folder))
            {
                Remove(folder);
            }
        }
    }

    /// <summary>Returns false if no running program has locked the folder.</summary>
    private static bool IsHeld(DirectoryInfo folder)
    {
        try
        {
            var file = System.IO.Path.Join(folder.FullName, LockName);
            using var held = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows may still hold a file for a moment, and another program may be as quick; the next one removes it.
        }
    }
}
