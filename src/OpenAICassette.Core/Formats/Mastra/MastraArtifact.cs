namespace OpenAICassette.Formats.Mastra;

/// <summary>Reads the files in which Mastra's recorder keeps bodies that are not text.</summary>
internal static class MastraArtifact
{
    /// <summary>Reads the file with a body.</summary>
    /// <param name="source">The recording.</param>
    /// <param name="path">
    /// The path as recorded. It begins at the folder of all recordings, which is that of the file or the one above it.
    /// </param>
    public static ReadOnlyMemory<byte>? Read(CassetteSource source, string path)
    {
        if (source.ReadSibling(path) is { } bytes)
        {
            return bytes;
        }

        var folder = Path.GetFileName(Path.GetDirectoryName(source.Path));
        return !string.IsNullOrEmpty(folder) && path.StartsWith($"{folder}/", StringComparison.Ordinal)
            ? source.ReadSibling(path[(folder.Length + 1)..])
            : null;
    }
}
