using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Formats;

/// <summary>
/// Represents the hidden file that is written beside another before it takes its place. Its name is made of the
/// other's, so that what a killed process left is taken away by the next that writes the same file; a process that
/// still writes holds its file locked.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    /// <summary>How old a file must be to be taken for one that a killed process left.</summary>
    private static readonly TimeSpan s_leastAge = TimeSpan.FromSeconds(10);

    private bool _isMoved;

    private TemporaryFile(string path, FileStream stream)
    {
        Path = path;
        Stream = stream;
    }

    /// <summary>Gets the file's path.</summary>
    public string Path { get; }

    /// <summary>Takes the bytes.</summary>
    public FileStream Stream { get; }

    /// <summary>Creates the file.</summary>
    /// <param name="target">The file whose place it takes.</param>
    /// <param name="mode">
    /// Its permissions from the start, so that nobody can read meanwhile what they could not before; null for the
    /// usual.
    /// </param>
    /// <exception cref="IOException">It could not be made.</exception>
    public static TemporaryFile Create(string target, UnixFileMode? mode)
    {
        var name = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(target))).AsSpan(0, 16)
        );
        var path = Named(target, name);
        if ((!IsThere(path) || TryRemove(path)) && TryOpen(path, mode) is { } stream)
        {
            return new TemporaryFile(path, stream);
        }

        path = Named(target, $"{Guid.NewGuid():N}");
        return new TemporaryFile(path, Open(path, mode));
    }

    /// <summary>Puts the file in its place.</summary>
    /// <param name="target">The place.</param>
    public void MoveTo(string target)
    {
        File.Move(Path, target, overwrite: true);
        _isMoved = true;
    }

    /// <summary>
    /// Puts the file in its place if there is none yet. Of several writers of one place, one succeeds.
    /// </summary>
    /// <remarks>
    /// On Unix, <see cref="File.Move(string, string, bool)"/> looks whether the place is free and then renames, so that
    /// two writers can both find it free. A second name for the file can be given only if the place is free. On file
    /// systems without such names, an empty file that only one writer can create takes the place first.
    /// </remarks>
    /// <param name="target">The place.</param>
    /// <returns>False if there is a file, or a link, at the place already.</returns>
    public bool TryMoveTo(string target)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryMoveOnWindows(target);
        }

        if (HardLink.TryCreate(Path, target))
        {
            return true;
        }

        if (!TryTake(target))
        {
            return false;
        }

        try
        {
            MoveTo(target);
        }
        finally
        {
            if (!_isMoved)
            {
                File.Delete(target);
            }
        }

        return true;
    }

    /// <summary>Closes the file, and takes it away if it was not put in its place.</summary>
    public void Dispose()
    {
        try
        {
            if (!_isMoved)
            {
                File.Delete(Path);
            }

            Stream.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The write has already failed with the error that matters.
        }
    }

    /// <summary>Creates an empty file at a place; returns false if something is there.</summary>
    private static bool TryTake(string target)
    {
        try
        {
            new FileStream(target, FileMode.CreateNew, FileAccess.Write).Dispose();
            return true;
        }
        catch (IOException) when (IsThere(target))
        {
            return false;
        }
    }

    private bool TryMoveOnWindows(string target)
    {
        try
        {
            File.Move(Path, target, overwrite: false);
            _isMoved = true;
        }
        catch (IOException) when (IsThere(target) && IsThere(Path))
        {
            // Another writer was first.
        }

        return _isMoved;
    }

    private static string Named(string target, string name) =>
        System.IO.Path.Join(System.IO.Path.GetDirectoryName(target), $".{name}.tmp");

    /// <summary>
    /// Opens a file that must not be there. Windows moves an open file only when it is shared for that.
    /// </summary>
    private static FileStream Open(string path, UnixFileMode? mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
        };
        if (!OperatingSystem.IsWindows() && mode is not null)
        {
            options.UnixCreateMode = mode;
        }

        return new FileStream(path, options);
    }

    /// <summary>
    /// Opens a file that must not be there. Null when another writer of the same file was quicker, or took the new file
    /// for one that was left and removed it before it was locked.
    /// </summary>
    private static FileStream? TryOpen(string path, UnixFileMode? mode)
    {
        try
        {
            var stream = Open(path, mode);
            if (IsThere(path))
            {
                return stream;
            }

            stream.Dispose();
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsThere(string path) =>
        new FileInfo(path) is var file && (file.Exists || file.LinkTarget is not null);

    /// <summary>Takes away what a process left that has ended; false while one may still write it.</summary>
    private static bool TryRemove(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                // Nobody who writes makes a link; it is not followed.
                File.Delete(path);
                return true;
            }

            // A fresh file belongs to somebody; once it is in its place, its name may already be another writer's.
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < s_leastAge)
            {
                return false;
            }

            using var left = new FileStream(
                path,
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
