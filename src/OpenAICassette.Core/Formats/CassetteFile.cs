namespace OpenAICassette;

/// <summary>A file to load, or a place that could not be searched.</summary>
/// <param name="Path">The full path.</param>
/// <param name="RelativePath">
/// The path below the folder that was searched, with forward slashes; the name when the file was named itself.
/// </param>
/// <param name="Named">
/// True when the file was named itself and so must be a cassette; false when a folder's search met it.
/// </param>
/// <param name="Error">Why the place could not be searched; null for a file.</param>
public sealed record CassetteFile(string Path, string RelativePath, bool Named, CassetteException? Error = null)
{
    /// <summary>True when any text will do: what is no cassette is then taken as one without interactions.</summary>
    public bool AnyText { get; init; }
}
