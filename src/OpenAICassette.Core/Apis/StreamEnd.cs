namespace OpenAICassette.Apis;

/// <summary>What an element of a stream says of the stream's end.</summary>
/// <param name="Expected">What the API ends such a stream with; null if it does not mark the end.</param>
/// <param name="IsReached">Whether the element is that end.</param>
internal readonly record struct StreamEnd(string? Expected, bool IsReached);
