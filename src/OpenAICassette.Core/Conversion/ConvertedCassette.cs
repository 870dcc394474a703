namespace OpenAICassette;

/// <summary>A cassette in another format, in memory.</summary>
/// <param name="Cassettes">The files: one, or one for each interaction if the format holds only one in a file.</param>
/// <param name="Report">What was lost.</param>
public sealed record ConvertedCassette(IReadOnlyList<Cassette> Cassettes, ConversionReport Report);
