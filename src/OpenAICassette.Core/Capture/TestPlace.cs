namespace OpenAICassette.Capture;

/// <summary>Finds the folder for the cassette of a test, beside the source file of the test.</summary>
internal static class TestPlace
{
    private const string Folder = "cassettes";

    /// <summary>Returns the folder.</summary>
    /// <param name="file">The source file, as the compiler names it.</param>
    /// <param name="names">The names below the folder of the file: of the test, and of a case of it.</param>
    /// <exception cref="ArgumentException">The source file is not on this machine.</exception>
    public static string Of(string file, params ReadOnlySpan<string?> names)
    {
        var source = Find(file, AppContext.BaseDirectory);
        var place = Path.Join(
            Path.GetDirectoryName(source),
            Folder,
            SafeName.Of(Path.GetFileNameWithoutExtension(source))
        );
        foreach (var name in names)
        {
            place = string.IsNullOrEmpty(name) ? place : Path.Join(place, SafeName.Of(name));
        }

        return place;
    }

    /// <summary>
    /// Returns the path of a source file. Builds that do not depend on their folder name it from a root such as /_/; it
    /// is then looked for above the folder of the program.
    /// </summary>
    /// <param name="file">The source file, as the compiler names it.</param>
    /// <param name="program">The folder of the program.</param>
    /// <exception cref="ArgumentException">The source file is not on this machine.</exception>
    internal static string Find(string file, string program)
    {
        if (Path.IsPathFullyQualified(file) && File.Exists(file))
        {
            return file;
        }

        var relative = file.Split('/', '\\', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        for (var folder = new DirectoryInfo(program); folder is not null; folder = folder.Parent)
        {
            if (Path.Join([folder.FullName, .. relative]) is var found && relative.Length > 0 && File.Exists(found))
            {
                return found;
            }
        }

        throw new ArgumentException(
            $"The source file {file} is not on this machine, so the cassette of its test has no place. Specify a path."
        );
    }
}
