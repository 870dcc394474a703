namespace OpenAICassette.Formats;

/// <summary>Replaces a file wholly or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside its place, then moves it there. An existing file's permissions are kept.</summary>
    /// <exception cref="CassetteException">The file could not be written; what was there before is as it was.</exception>
    /// <param name="path">The file's full path.</param>
    /// <param name="content">What it shall hold.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <param name="like">The file whose permissions a new one gets; those of a new file when null.</param>
    public static void Write(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation, string? like = null)
    {
        string? temporary = null;
        try
        {
            var folder = Path.GetDirectoryName(path) ?? throw new IOException("a file's path was expected");
            Directory.CreateDirectory(folder);

            // A link is followed, so that the file behind it is replaced and not the link.
            var existing = new FileInfo(path);
            var target = existing.LinkTarget is null ? existing : (FileInfo)existing.ResolveLinkTarget(returnFinalTarget: true)!;
            temporary = Path.Join(target.DirectoryName, $".{Guid.NewGuid():N}.tmp");
            var model = like is null || target.Exists ? target : new FileInfo(like);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows() && model.Exists)
            {
                // From the start, so that nobody can read meanwhile what they could not before.
                options.UnixCreateMode = model.UnixFileMode;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(content.Span);

                // Where something is replaced, the new bytes must be on the disk before the old ones are gone.
                file.Flush(flushToDisk: target.Exists);
            }

            if (!OperatingSystem.IsWindows() && model.Exists)
            {
                // Once more, because the process's mask was taken off it.
                File.SetUnixFileMode(temporary, model.UnixFileMode);
            }

            cancellation.ThrowIfCancellationRequested();
            File.Move(temporary, target.FullName, overwrite: true);
            temporary = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CassetteException(CassetteError.CassetteNotWritten, path, $"not written: {e.Message}", inner: e);
        }
        finally
        {
            Discard(temporary);
        }
    }

    /// <summary>Writes a new file, wholly or not at all. Of several writers of one path, in whatever process, one succeeds.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="content">What it shall hold.</param>
    /// <returns>False when there is a file already, which is left as it is.</returns>
    /// <exception cref="CassetteException">The file could not be written.</exception>
    public static bool TryCreate(string path, ReadOnlyMemory<byte> content)
    {
        string? temporary = null;
        try
        {
            var folder = Path.GetDirectoryName(path) ?? throw new IOException("a file's path was expected");
            Directory.CreateDirectory(folder);
            temporary = Path.Join(folder, $".{Guid.NewGuid():N}.tmp");
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(content.Span);
            }

            // The system refuses to move over what is there, a link too; to look first would be too early.
            File.Move(temporary, path, overwrite: false);
            temporary = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return temporary is not null && File.Exists(temporary) && File.Exists(path)
                ? false
                : throw new CassetteException(CassetteError.CassetteNotWritten, path, $"not written: {e.Message}", inner: e);
        }
        finally
        {
            Discard(temporary);
        }
    }

    private static void Discard(string? temporary)
    {
        if (temporary is null)
        {
            return;
        }

        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The write has already failed with the error that matters.
        }
    }
}
