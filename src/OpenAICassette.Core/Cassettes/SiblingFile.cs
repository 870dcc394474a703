namespace OpenAICassette.Cassettes;

/// <summary>
/// Files beside a cassette that hold a part of it. A cassette names them, so the name may lead only below its own
/// folder: no absolute path, no "..", no link.
/// </summary>
internal static class SiblingFile
{
    /// <summary>Longer files are not read.</summary>
    private const long Longest = 256 << 20;

    /// <summary>Reads a file below the folder of a cassette.</summary>
    /// <param name="cassette">The cassette's full path.</param>
    /// <param name="name">The file's path below the folder, with slashes.</param>
    /// <returns>The bytes; null if there is no such file, it is too large, or the path leads elsewhere.</returns>
    public static ReadOnlyMemory<byte>? Read(string cassette, string name)
    {
        try
        {
            var path = Find(cassette, name);
            if (path is null || new FileInfo(path) is not { Exists: true, Length: <= Longest })
            {
                return null;
            }

            using var file = FileBytes.Read(path, CancellationToken.None);
            return file.Memory.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CassetteException)
        {
            return null;
        }
    }

    private static string? Find(string cassette, string name)
    {
        var path = Path.GetDirectoryName(Path.GetFullPath(cassette));
        if (path is null || Path.IsPathRooted(name) || name.AsSpan().IndexOfAny('\\', ':', '\0') >= 0)
        {
            return null;
        }

        foreach (var segment in name.Split('/'))
        {
            if (segment is "" or "." or "..")
            {
                return null;
            }

            path = Path.Join(path, segment);
            FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            if (!entry.Exists || entry.LinkTarget is not null)
            {
                return null;
            }
        }

        return path;
    }
}
