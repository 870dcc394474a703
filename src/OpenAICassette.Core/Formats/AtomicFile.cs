namespace OpenAICassette.Formats;

/// <summary>Replaces a file wholly or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside its place, then moves it there. An existing file's permissions are kept.</summary>
    /// <exception cref="CassetteException">The file could not be written; what was there before is as it was.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var temporary = Path.Join(Path.GetDirectoryName(path), $".{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // A link is followed, so that the file behind it is replaced and not the link.
            var existing = new FileInfo(path);
            var target = existing.LinkTarget is null ? path : existing.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            temporary = Path.Join(Path.GetDirectoryName(target), Path.GetFileName(temporary));
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(content.Span);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            cancellation.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
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

    private static void Discard(string temporary)
    {
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
