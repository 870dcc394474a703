using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents a file of a folder that was opened and looked at with fewer system calls than .NET makes for the same:
/// its path is looked up once, and no lock is asked for.
/// </summary>
internal sealed partial class OpenedFile : IDisposable
{
    /// <summary>
    /// Opens for reading, for this process only, without waiting for the writer of a pipe; no link. The numbers are those
    /// of Linux, which on other processors are others; there and on other systems nothing is opened.
    /// </summary>
    private static readonly int s_flags =
        !OperatingSystem.IsLinux() ? 0
        : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0x80000 | 0x800 | 0x20000
        : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x80000 | 0x800 | 0x8000
        : 0;

    private OpenedFile(SafeFileHandle handle)
    {
        Handle = handle;
        try
        {
            Length = RandomAccess.GetLength(handle);
            Written = File.GetLastWriteTimeUtc(handle);
        }
        catch (NotSupportedException)
        {
            // A pipe has no length, and nothing in it that can be read twice.
        }
    }

    /// <summary>Gets the open file.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Gets the length in bytes; 0 for what is no file.</summary>
    public long Length { get; }

    /// <summary>Gets when it was last written.</summary>
    public DateTime Written { get; }

    /// <summary>Opens a file; null if that takes more, such as a link, or a problem that .NET says better.</summary>
    public static OpenedFile? TryOpen(string path) =>
        s_flags != 0 && Open(path, s_flags) is var number and >= 0
            ? new OpenedFile(new SafeFileHandle(number, ownsHandle: true))
            : null;

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
