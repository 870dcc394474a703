using OpenAICassette.Text;

namespace OpenAICassette.Capture;

/// <summary>Finds the folder for the cassette of a test, beside the source file of the test.</summary>
internal static class TestPlace
{
    private const string Folder = "cassettes";

    /// <summary>Returns the folder of a test in a source file, which is named after the file.</summary>
    /// <param name="file">The source file, as the compiler names it.</param>
    /// <param name="test">The name of the test.</param>
    /// <param name="case">The name of the case; null if the test has none.</param>
    /// <exception cref="ArgumentException">The source file is not on this machine.</exception>
    public static string Of(string file, string test, string? @case = null) =>
        Beside(file, Path.GetFileNameWithoutExtension(file.Split('/', '\\')[^1]), test, @case);

    /// <summary>Returns the id of a test, which its recordings carry: the parts of its name from the file on.</summary>
    /// <param name="file">The source file, as the compiler names it.</param>
    /// <param name="names">The names below it; those that are null or empty are left out.</param>
    public static string IdOf(string file, params ReadOnlySpan<string?> names)
    {
        var id = file.Split('/', '\\')[^1];
        foreach (var name in names)
        {
            id = string.IsNullOrEmpty(name) ? id : $"{id}::{name}";
        }

        return id;
    }

    /// <summary>Returns a folder for cassettes beside a source file.</summary>
    /// <param name="file">The source file, as the compiler names it.</param>
    /// <param name="names">The names of the folders; those that are null or empty are left out.</param>
    /// <exception cref="ArgumentException">The source file is not on this machine.</exception>
    public static string Beside(string file, params ReadOnlySpan<string?> names)
    {
        var place = Path.Join(Path.GetDirectoryName(Find(file)), Folder);
        foreach (var name in names)
        {
            place = string.IsNullOrEmpty(name) ? place : Path.Join(place, SafeName.In(place, name));
        }

        return place;
    }

    /// <summary>
    /// Returns the path of a source file. Builds that do not depend on their folder name it from a root such as /_/; it
    /// is then looked for above the folder of the program.
    /// </summary>
    /// <param name="file">The source file, as the compiler names it.</param>
    /// <param name="program">The folder of the program; null for that of this one.</param>
    /// <exception cref="ArgumentException">The source file is not on this machine.</exception>
    internal static string Find(string file, string? program = null)
    {
        if (Path.IsPathFullyQualified(file) && File.Exists(file))
        {
            return file;
        }

        var relative = file.Split('/', '\\', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        for (
            var folder = new DirectoryInfo(program ?? AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
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
