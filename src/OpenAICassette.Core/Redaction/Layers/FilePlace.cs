namespace OpenAICassette.Redaction.Layers;

/// <summary>A place in a file.</summary>
/// <param name="Offset">The byte's offset.</param>
/// <param name="Row">The row of the string in the file's JSON; -1 for a file that is no JSON.</param>
internal readonly record struct FilePlace(int Offset, int Row);
