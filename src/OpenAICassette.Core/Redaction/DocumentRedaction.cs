namespace OpenAICassette;

/// <summary>What became of a document whose secrets were removed.</summary>
/// <param name="Document">The clean document; the same memory when nothing was found.</param>
/// <param name="Findings">What was found and replaced.</param>
public sealed record DocumentRedaction(ReadOnlyMemory<byte> Document, IReadOnlyList<Finding> Findings);
