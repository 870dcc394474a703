using System.Runtime.InteropServices;

namespace OpenAICassette.Formats;

/// <summary>Gives files a second name on Unix.</summary>
internal static partial class HardLink
{
    /// <summary>Gives a file a name that nothing has yet, in one step.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The full path of the new name.</param>
    /// <returns>False if something has the name, or the file system has no second names.</returns>
    public static bool TryCreate(string path, string name) => Link(path, name) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string path, string name);
}
