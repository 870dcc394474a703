namespace OpenAICassette.Formats;

/// <summary>Replaces a file wholly or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside its place, then moves it there. An existing file's permissions are kept.</summary>
    /// <exception cref="CassetteException">The file could not be written; what was there before is as it was.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
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
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows() && target.Exists)
            {
                // From the start, so that nobody can read meanwhile what they could not before.
                options.UnixCreateMode = target.UnixFileMode;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(content.Span);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && target.Exists)
            {
                // Once more, because the process's mask was taken off it.
                File.SetUnixFileMode(temporary, target.UnixFileMode);
            }

            cancellation.ThrowIfCancellationRequested();
            File.Move(temporary, target.FullName, overwrite: true);
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
