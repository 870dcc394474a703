namespace OpenAICassette.Completion;

/// <summary>What completion knows of a file.</summary>
/// <param name="Stamp">The file's stamp when it was read.</param>
/// <param name="Cassette">The cassette; null for a file that is none.</param>
internal sealed record IndexedFile(FileStamp Stamp, Cassette? Cassette);
