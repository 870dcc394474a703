using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents a file of a folder that was opened and looked at with fewer system calls than .NET makes for the same:
/// its path is looked up once, and no lock is asked for.
/// </summary>
internal sealed partial class OpenedFile : IDisposable
{
    /// <summary>For this process only, not for those that it starts.</summary>
    private const int CloseOnExec = 0x80000;

    /// <summary>Without waiting for the writer of a pipe.</summary>
    private const int NonBlocking = 0x800;

    /// <summary>
    /// For reading, but no link; 0 where the numbers are not known, so that nothing is opened. They are those of Linux,
    /// which has others for some processors.
    /// </summary>
    private static readonly int s_flags =
        !OperatingSystem.IsLinux() ? 0
        : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? CloseOnExec | NonBlocking | 0x20000
        : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? CloseOnExec | NonBlocking | 0x8000
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
