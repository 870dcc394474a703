using System.Text.RegularExpressions;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette.Recording;

/// <summary>Writes the sidecars of recordings, and removes those that no recording needs any more.</summary>
internal static partial class SidecarFiles
{
    /// <summary>Writes sidecars that are not there yet beside a recording that is about to be written.</summary>
    /// <param name="recording">The recording's path.</param>
    /// <param name="sidecars">Their content, by their names.</param>
    /// <exception cref="CassetteException">A file could not be written.</exception>
    public static void Write(string recording, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sidecars)
    {
        foreach (var (name, content) in sidecars)
        {
            var path = Path.Join(Path.GetDirectoryName(recording), name);
            if (!File.Exists(path) || new FileInfo(path).Length != content.Length)
            {
                AtomicFile.Write(path, content, CancellationToken.None);
            }
        }
    }

    /// <summary>Makes a received file the sidecar of a recording that is about to be written.</summary>
    /// <param name="recording">The recording's path.</param>
    /// <param name="received">The file; null for none.</param>
    /// <exception cref="CassetteException">The file could not be moved.</exception>
    public static void Move(string recording, BodyFile? received)
    {
        if (received is null)
        {
            return;
        }

        var path = Path.Join(Path.GetDirectoryName(recording), received.Sidecar.Name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
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
            ? [.. Name().Matches(File.ReadAllText(recording)).Select(match => match.Value).Distinct()]
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

    [GeneratedRegex("[0-9a-f]{64}\\.body")]
    private static partial Regex Name();
}
