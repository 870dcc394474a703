namespace OpenAICassette.Formats;

/// <summary>
/// Holds a file for one writer, whatever the process. The lock is a file beside it, which is removed afterwards; if a
/// process ends, the system releases its lock.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const string Extension = ".lock";

    private const int MostLength = 1 << 20;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly FileStream _held;

    private FileLock(FileStream held) => _held = held;

    /// <summary>Waits for the lock.</summary>
    /// <param name="path">The file.</param>
    /// <param name="below">The folder that must not be left through links; null for none.</param>
    /// <exception cref="CassetteException">Another writer held the lock for too long, or it cannot be created.</exception>
    public static FileLock Take(string path, string? below = null)
    {
        var place = path + Extension;
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            AtomicFile.RefuseLinks(Path.GetDirectoryName(place)!, below);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (new FileInfo(place).LinkTarget is { } target)
            {
                throw new UnauthorizedAccessException($"{place} is a link to {target}; remove it");
            }

            while (TimeProvider.System.GetElapsedTime(started) < s_longest)
            {
                if (TryTake(place) is { } held)
                {
                    return new FileLock(held);
                }

                Thread.Sleep(2);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CassetteException(CassetteError.CassetteNotWritten, path, $"not written: {e.Message}", inner: e);
        }

        throw new CassetteException(
            CassetteError.CassetteNotWritten,
            path,
            $"not written: another program holds {place}. End it, or remove the file."
        );
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        // Windows removes the file itself when it is closed.
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(_held.Name);
        }

        _held.Dispose();
    }

    private static FileStream? TryTake(string place)
    {
        FileStream? held = null;
        try
        {
            held = new FileStream(
                place,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 0,
                OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None
            );

            // The file may have been removed between opening and locking it; then the lock is worth nothing. Nobody else
            // can read a locked file, but everybody sees its length.
            held.SetLength(Random.Shared.Next(1, MostLength));
            if (new FileInfo(place) is { Exists: true } seen && seen.Length == held.Length)
            {
                return held;
            }
        }
        catch (IOException)
        {
            // Another writer has it.
        }

        held?.Dispose();
        return null;
    }
}
