namespace OpenAICassette.Tests;

/// <summary>A folder of a test's own that goes away with it.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cassette-tests-");

    /// <summary>The folder's full path.</summary>
    public string FullName => _folder.FullName;

    /// <summary>The full path of an entry, whether it exists or not.</summary>
    public string this[string relative] => Path.Join(FullName, relative);

    /// <summary>Writes a file, with the folders above it.</summary>
    public string Add(string relative, ReadOnlySpan<byte> content)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Writes a file with the example's bytes.</summary>
    public string AddCapitals(string relative) => Add(relative, File.ReadAllBytes(Repository.Capitals));

    /// <summary>Every file in the folder, hidden ones too, with forward slashes, in order.</summary>
    public IReadOnlyList<string> Files =>
        [
            .. Directory
                .EnumerateFiles(
                    FullName,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }
                )
                .Select(path => Path.GetRelativePath(FullName, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => _folder.Delete(recursive: true);
}
