using OpenAICassette.Cassettes;

namespace OpenAICassette.Formats;

/// <summary>Writes the sidecars of recordings, and removes those that no recording needs any more.</summary>
internal static class SidecarFiles
{
    /// <summary>Writes sidecars that are not there yet beside a recording that is about to be written.</summary>
    /// <param name="recording">The recording's path.</param>
    /// <param name="sidecars">Their content, by their names.</param>
    /// <param name="below">The folder that must not be left through links; null for none.</param>
    /// <exception cref="CassetteException">A file could not be written.</exception>
    public static void Write(
        string recording,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sidecars,
        string? below = null
    )
    {
        foreach (var (name, content) in sidecars)
        {
            var path = Path.Join(Path.GetDirectoryName(recording), name);
            var file = new FileInfo(path);
            if (!file.Exists || file.LinkTarget is not null || file.Length != content.Length)
            {
                AtomicFile.Write(path, content, CancellationToken.None, below: below);
            }
        }
    }

    /// <summary>Copies the sidecars of a recording that is about to be written to another folder.</summary>
    /// <param name="document">The bytes of the recording.</param>
    /// <param name="from">The path where it was read; null if it never was a file.</param>
    /// <param name="to">The path where it is written.</param>
    /// <param name="below">The folder that must not be left through links; null for none.</param>
    /// <param name="cancellation">Stops before the next file.</param>
    /// <exception cref="CassetteException">
    /// A file is missing, is not the one that was recorded, or could not be written.
    /// </exception>
    public static void Copy(
        ReadOnlySpan<byte> document,
        string? from,
        string to,
        string? below,
        CancellationToken cancellation
    )
    {
        var folder = Path.GetDirectoryName(to);
        if (from is null || Path.GetDirectoryName(from) == folder)
        {
            return;
        }

        foreach (var sidecar in SidecarReferences.In(document))
        {
            var path = Path.Join(folder, sidecar.Name);
            if (!File.Exists(path) || new FileInfo(path).Length != sidecar.Length)
            {
                AtomicFile.Write(path, sidecar.Read(from), cancellation, below: below);
            }
        }
    }

    /// <summary>Makes a received file the sidecar of a recording that is about to be written.</summary>
    /// <param name="recording">The recording's path.</param>
    /// <param name="received">The file; null for none.</param>
    /// <param name="below">The folder that must not be left through links; null for none.</param>
    /// <exception cref="CassetteException">The file could not be moved.</exception>
    public static void Move(string recording, BodyFile? received, string? below = null)
    {
        if (received is null)
        {
            return;
        }

        var path = Path.Join(Path.GetDirectoryName(recording), received.Sidecar.Name);
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            AtomicFile.RefuseLinks(folder, below);
            Directory.CreateDirectory(folder);
            if (File.Exists(received.Path))
            {
                File.Move(received.Path, path, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CassetteException(CassetteError.CassetteNotWritten, path, $"not written: {e.Message}", inner: e);
        }
    }

    /// <summary>Returns the names of the sidecars that a recording mentions.</summary>
    /// <param name="recording">The recording's path.</param>
    public static IReadOnlyList<string> NamesIn(string recording)
    {
        var folder = Path.GetDirectoryName(recording);
        var hasAny = Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(IsSidecar);
        return hasAny && File.Exists(recording)
            ? [.. SidecarReferences.In(File.ReadAllBytes(recording)).Select(sidecar => sidecar.Name).Distinct()]
            : [];
    }

    /// <summary>Removes sidecars that no recording in the folder mentions.</summary>
    /// <param name="recording">The path of the recording that had them, which was replaced or removed.</param>
    /// <param name="names">Their names.</param>
    public static void RemoveUnused(string recording, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        var folder = Path.GetDirectoryName(recording)!;
        var used = Directory.EnumerateFiles(folder, "*.json").SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !used.Contains(name)))
        {
            File.Delete(Path.Join(folder, name));
        }
    }

    private static bool IsSidecar(string path) => Sidecar.IsName(Path.GetFileName(path));
}
