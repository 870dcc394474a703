namespace OpenAICassette.Capture;

/// <summary>Finds programs by name as the shell of the system does.</summary>
internal static class ProgramPath
{
    /// <summary>
    /// Returns the file of a program. Windows finds only .exe files by their bare name, so that npx.cmd would not be
    /// found as npx.
    /// </summary>
    /// <param name="name">The name or path.</param>
    public static string Find(string name)
    {
        if (!OperatingSystem.IsWindows() || Path.HasExtension(name))
        {
            return name;
        }

        var extensions = (Environment.GetEnvironmentVariable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").Split(';');
        var folders = name.AsSpan().ContainsAny('/', '\\')
            ? [string.Empty]
            : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(';').Prepend(".");
        return folders
            .SelectMany(folder => extensions.Select(extension => Path.Join(folder, name + extension)))
            .FirstOrDefault(File.Exists)
            ?? name;
    }
}
