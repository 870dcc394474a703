namespace OpenAICassette;

/// <summary>Represents the name and the place of a cassette.</summary>
/// <param name="Name">The name to show: the file's name with its extension.</param>
/// <param name="Path">The file's full path; null when the bytes are not (or no longer) those of a file.</param>
/// <param name="SourcePath">The file that the bytes were read from at first; null when there was none.</param>
/// <param name="RelativePath">
/// The path below the folder that was searched; the name when the file was named itself.
/// </param>
public sealed record CassetteOrigin(string Name, string? Path, string? SourcePath, string RelativePath)
{
    /// <summary>Returns the origin of a file.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="relativePath">The path below the folder that was searched; the name when null.</param>
    public static CassetteOrigin OfFile(string path, string? relativePath = null)
    {
        var name = System.IO.Path.GetFileName(path);
        return new CassetteOrigin(name, path, path, relativePath ?? name);
    }

    /// <summary>Returns the origin of bytes that have no file.</summary>
    /// <param name="name">The name to show.</param>
    public static CassetteOrigin OfMemory(string name) => new(name, null, null, name);

    /// <summary>Returns the origin of a copy that was edited and not yet written.</summary>
    public CassetteOrigin Edited() => this with { Path = null };
}
