using OpenAICassette.Formats;

namespace OpenAICassette.Scrubbing;

/// <summary>Specifies what a scrub does with the cassettes in which it finds secrets.</summary>
internal sealed record ScrubOptions
{
    /// <summary>Gets whether to only find secrets: nothing is replaced or written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Gets whether to replace the files that contain secrets.</summary>
    public bool InPlace { get; init; }

    /// <summary>Gets where every cassette is written, changed or not; null to write none.</summary>
    public CassetteDestination? Destination { get; init; }

    /// <summary>Gets whether to rename a recording whose request changed to the key of the changed request.</summary>
    public bool UpdateKey { get; init; }

    /// <summary>
    /// Gets all files of the run. A placeholder that one of them already contains is not given to another value.
    /// </summary>
    public IEnumerable<CassetteFile> Corpus { get; init; } = [];

    /// <summary>
    /// Gets the function that is called for each file of <see cref="Corpus"/> that is read for its placeholders, before the
    /// first file is replaced; null for none.
    /// </summary>
    public Action? Reading { get; init; }

    /// <summary>
    /// Gets the function that receives each clean cassette before it is written and returns whether to write it; null
    /// to write all.
    /// </summary>
    public Func<ScrubResult, bool>? Approve { get; init; }
}
