namespace OpenAICassette.Tests;

/// <summary>A reader of bytes that others wrote, with valid inputs to begin from.</summary>
/// <param name="Name">What is read.</param>
/// <param name="Seeds">Valid inputs.</param>
/// <param name="Run">Reads an input; throws where that is not refused as it should be.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[]> Run);
