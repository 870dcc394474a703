using OpenAICassette.Formats;

namespace OpenAICassette;

/// <summary>What became of one file: exactly one of the three is not null.</summary>
/// <param name="File">The file.</param>
/// <param name="Cassette">The cassette that it is.</param>
/// <param name="Error">Why it could not be read.</param>
/// <param name="SkippedBecause">Why a folder's search passed it over, for verbose output.</param>
public sealed record CassetteLoad(
    CassetteFile File,
    Cassette? Cassette = null,
    CassetteException? Error = null,
    string? SkippedBecause = null
)
{
    /// <summary>Gets whether the file was ruled out by its bytes, which is not worth telling.</summary>
    internal bool IsScreened { get; init; }

    /// <summary>Gets the size and time of the file before it was read; null if they were not looked at.</summary>
    internal FileStamp? Stamp { get; init; }
}
