namespace OpenAICassette.Formats;

/// <summary>
/// Where the cassettes of one run are written. No two of them go to the same file: the second is refused, not the first
/// lost.
/// </summary>
internal sealed class CassetteDestination
{
    private readonly string _path;
    private readonly HashSet<string> _written = new(
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase
    );

    private CassetteDestination(string path, bool isFolder)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        IsFolder = isFolder;
    }

    /// <summary>Gets whether it is a folder, which takes any number of cassettes.</summary>
    public bool IsFolder { get; }

    /// <summary>
    /// Returns a folder, below which each cassette goes to its relative path; it is made when the first one is written.
    /// Links below it are not followed.
    /// </summary>
    /// <param name="path">The folder.</param>
    public static CassetteDestination OfFolder(string path) => new(path, isFolder: true);

    /// <summary>
    /// Returns a folder, or a file for a single cassette: a path that has an extension and is no folder yet.
    /// </summary>
    /// <param name="path">The folder or file.</param>
    public static CassetteDestination Of(string path) =>
        new(path, isFolder: !Path.HasExtension(path) || Path.EndsInDirectorySeparator(path) || Directory.Exists(path));

    /// <summary>Returns the file that a cassette goes to.</summary>
    /// <param name="cassette">The cassette.</param>
    public string TargetOf(Cassette cassette)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        return IsFolder ? Path.GetFullPath(Path.Join(_path, cassette.RelativePath)) : _path;
    }

    /// <summary>Writes a cassette.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <returns>The cassette that the file now is.</returns>
    /// <exception cref="CassetteException">
    /// It could not be written, or another cassette of this run is already there.
    /// </exception>
    public Cassette Write(Cassette cassette, CancellationToken cancellation = default)
    {
        var target = TargetOf(cassette);
        if (!_written.Add(target))
        {
            var source = cassette.Path ?? cassette.SourcePath ?? cassette.Name;
            throw new CassetteException(
                CassetteError.CassetteNotWritten,
                source,
                $"not written: another cassette of this run was already written to {target}"
            );
        }

        return CassetteStore.Save(cassette, target, IsFolder ? _path : null, cancellation);
    }
}
