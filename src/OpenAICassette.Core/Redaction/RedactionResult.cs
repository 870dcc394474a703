namespace OpenAICassette;

/// <summary>What became of a cassette whose secrets were removed.</summary>
/// <param name="Cassette">The clean cassette, in memory and not yet written; the cassette itself when nothing was found.</param>
/// <param name="Findings">What was found and replaced.</param>
public sealed record RedactionResult(Cassette Cassette, IReadOnlyList<Finding> Findings);
