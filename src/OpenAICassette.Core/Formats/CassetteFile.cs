using OpenAICassette.Formats;

namespace OpenAICassette;

/// <summary>Represents a file to load, or a folder that could not be searched.</summary>
/// <param name="Path">The full path.</param>
/// <param name="RelativePath">
/// The path below the folder that was searched, with forward slashes; the file name if the file itself was specified.
/// </param>
/// <param name="Named">
/// Whether the file itself was specified and so must be a cassette; false if it was found in a folder.
/// </param>
/// <param name="Error">Why the folder could not be searched; null for a file.</param>
public sealed record CassetteFile(string Path, string RelativePath, bool Named, CassetteException? Error = null)
{
    /// <summary>Gets whether text that is not a cassette is read too, as one without interactions.</summary>
    public bool AnyText { get; init; }

    /// <summary>Gets the name of the format to read the file in; null for the one that its content shows.</summary>
    public string? Format { get; init; }

    /// <summary>Gets what rules a file out by its bytes; null to read every file.</summary>
    internal FileScreen? Screen { get; init; }
}
