namespace OpenAICassette.Scrubbing;

/// <summary>Represents what a scrub found in one cassette, and what it wrote or would write.</summary>
/// <param name="Original">The cassette as it was.</param>
internal sealed record ScrubResult(Cassette Original)
{
    /// <summary>Gets the clean cassette; the original one if nothing was replaced.</summary>
    public Cassette Clean { get; init; } = Original;

    /// <summary>Gets the secrets that were found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Gets the sidecars without their secrets; null if none had any.</summary>
    public CleanSidecars? Sidecars { get; init; }

    /// <summary>Gets whether the file was named by the key of its request and the request changed.</summary>
    public bool LosesKey { get; init; }

    /// <summary>Gets the file that the clean cassette belongs in; null if it has none.</summary>
    public string? Target { get; init; }

    /// <summary>Gets the cassette that its file now contains; null if the clean cassette is only in memory.</summary>
    public Cassette? Saved { get; init; }

    /// <summary>Gets why the cassette could not be scrubbed or written; null if it could.</summary>
    public CassetteException? Error { get; init; }
}
