using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats;

/// <summary>Replaces a file wholly or not at all.</summary>
internal static class AtomicFile
{
    private const int MostAttempts = 50;

    /// <summary>Writes a file beside its place, then moves it there. An existing file's permissions are kept.</summary>
    /// <exception cref="CassetteException">
    /// The file could not be written; what was there before is as it was.
    /// </exception>
    /// <param name="path">The file's full path.</param>
    /// <param name="content">What it shall hold; packed if the name ends in .gz.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <param name="like">The file whose permissions a new one gets; those of a new file when null.</param>
    /// <param name="below">
    /// The folder that must not be left: below it links are not followed, and one at the file's own place is replaced.
    /// Null to follow links, so that the file behind one is replaced and not the link.
    /// </param>
    public static void Write(
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellation,
        string? like = null,
        string? below = null
    )
    {
        TemporaryFile? temporary = null;
        try
        {
            var folder = Path.GetDirectoryName(path) ?? throw new IOException("the path is not a file path");
            RefuseLinks(folder, below);
            Directory.CreateDirectory(folder);
            var existing = new FileInfo(path);
            var isLink = existing.LinkTarget is not null;
            var target =
                isLink && below is null ? (FileInfo)existing.ResolveLinkTarget(returnFinalTarget: true)! : existing;
            var isReplaced = target.Exists && (below is null || !isLink);
            var model = like is null || isReplaced ? target : new FileInfo(like);
            var mode =
                !OperatingSystem.IsWindows() && model.Exists && (model != target || isReplaced)
                    ? model.UnixFileMode
                    : (UnixFileMode?)null;
            temporary = TemporaryFile.Create(target.FullName, mode);
            temporary.Stream.Write(GzipFile.Pack(path, content).Span);

            // Where something is replaced, the new bytes must be on the disk before the old ones are gone.
            temporary.Stream.Flush(flushToDisk: isReplaced);
            if (!OperatingSystem.IsWindows() && mode is { } again)
            {
                // Once more, because the process's mask was taken off it.
                File.SetUnixFileMode(temporary.Path, again);
            }

            cancellation.ThrowIfCancellationRequested();
            temporary.MoveTo(target.FullName);
        }
        catch (Exception e) when (IsRefused(e))
        {
            throw new CassetteException(CassetteError.CassetteNotWritten, path, $"not written: {e.Message}", inner: e);
        }
        finally
        {
            temporary?.Dispose();
        }
    }

    /// <summary>
    /// Writes a new file, wholly or not at all. Of several writers of one path, in whatever process, one succeeds.
    /// </summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="content">What it shall hold; packed if the name ends in .gz.</param>
    /// <param name="replaced">
    /// When the file was last written that may be replaced, as long as nobody writes it again; null to replace none.
    /// </param>
    /// <param name="below">The folder that must not be left through links; null for none.</param>
    /// <returns>False when there is another file, which is left as it is.</returns>
    /// <exception cref="CassetteException">
    /// The file could not be written; what was there before is as it was.
    /// </exception>
    public static bool TryCreate(
        string path,
        ReadOnlyMemory<byte> content,
        DateTime? replaced = null,
        string? below = null
    )
    {
        TemporaryFile? temporary = null;
        try
        {
            var folder = Path.GetDirectoryName(path) ?? throw new IOException("the path is not a file path");
            RefuseLinks(folder, below);
            Directory.CreateDirectory(folder);
            temporary = TemporaryFile.Create(path, mode: null);
            temporary.Stream.Write(GzipFile.Pack(path, content).Span);
            temporary.Stream.Flush(flushToDisk: replaced is not null);
            return (replaced is { } written && TryReplace(temporary, path, written)) || temporary.TryMoveTo(path);
        }
        catch (Exception e) when (IsRefused(e))
        {
            throw new CassetteException(CassetteError.CassetteNotWritten, path, $"not written: {e.Message}", inner: e);
        }
        finally
        {
            temporary?.Dispose();
        }
    }

    /// <summary>
    /// Puts a file in the place of one that still is what it was. Where the system can move a file onto an open one,
    /// the old file is locked meanwhile, so that of two processes that replace it only one does.
    /// </summary>
    private static bool TryReplace(TemporaryFile temporary, string path, DateTime written)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var held = OperatingSystem.IsWindows() ? null : Hold(path);
        if (File.GetLastWriteTimeUtc(path) != written)
        {
            return false;
        }

        temporary.MoveTo(path);
        return true;
    }

    /// <summary>Deletes a file if it is still what it was, and not while another process replaces it.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="written">When the file was last written.</param>
    /// <exception cref="IOException">The file could not be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be deleted.</exception>
    public static void Delete(string path, DateTime written)
    {
        using var held = OperatingSystem.IsWindows() ? null : Hold(path);
        if (File.Exists(path) && File.GetLastWriteTimeUtc(path) == written)
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// Locks a file; null if it cannot be locked, because somebody goes on reading it or it cannot be opened.
    /// </summary>
    private static FileStream? Hold(string path)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            }
            catch (Exception e) when (e is FileNotFoundException or UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException)
            {
                Thread.Sleep(1);
            }
        }

        return null;
    }

    /// <summary>Refuses a folder that is not below another, or only through a link.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="below">The folder that must not be left; null to allow all.</param>
    /// <exception cref="IOException">The folder is elsewhere.</exception>
    internal static void RefuseLinks(string folder, string? below)
    {
        if (below is not null && !IsIn(folder, below))
        {
            throw new IOException($"{folder} is not below {below}");
        }

        for (var at = folder; below is not null && at.Length > below.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new DirectoryInfo(at).LinkTarget is { } target)
            {
                throw new IOException($"{at} is a link to {target}, but links below {below} are not followed");
            }
        }
    }

    /// <summary>
    /// Returns whether a file could not be written. The framework calls a file that is too long for its file system an
    /// argument that is out of range.
    /// </summary>
    private static bool IsRefused(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private static bool IsIn(string folder, string below) =>
        folder == below
        || (
            folder.StartsWith(below, StringComparison.Ordinal)
            && (Path.EndsInDirectorySeparator(below) || folder[below.Length] == Path.DirectorySeparatorChar)
        );
}
