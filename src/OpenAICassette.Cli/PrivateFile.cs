using System.Text;

namespace OpenAICassette.Cli;

/// <summary>Writes files that only the user who runs the program can read.</summary>
internal static class PrivateFile
{
    /// <summary>
    /// Writes a file at once: no process sees a part of it, and a link in its place is replaced, not followed.
    /// </summary>
    /// <param name="path">The full path.</param>
    /// <param name="text">The content.</param>
    public static void Write(string path, string text)
    {
        var part = $"{path}.{Environment.ProcessId}";
        File.Delete(part);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(part, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        File.Move(part, path, overwrite: true);
    }
}
