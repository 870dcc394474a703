namespace OpenAICassette.Facts;

/// <summary>Thrown when a price file cannot be read or a price in it is not valid.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">The problem and its location.</param>
/// <param name="inner">The cause.</param>
internal sealed class PriceFileException(string path, string problem, Exception? inner = null)
    : Exception($"{path}: {problem}", inner);
