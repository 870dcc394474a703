namespace OpenAICassette.Redaction;

/// <summary>A document could not be looked through to its end, so that it may hold secrets that nobody saw.</summary>
/// <param name="problem">The limit that was reached.</param>
/// <param name="inner">What caused it.</param>
internal sealed class ScanLimitException(string problem, Exception? inner = null) : Exception(problem, inner);
