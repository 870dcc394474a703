namespace OpenAICassette;

/// <summary>One of the answers that a request got.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Message">What was answered.</param>
/// <param name="FinishReason">Why the model stopped; null where none was recorded.</param>
public sealed record Choice(int Index, Message Message, string? FinishReason);
